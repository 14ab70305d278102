package dev.echosounder.bus;

import java.util.Locale;
import java.util.Map;

/**
 * What discovery has found so far.
 *
 * @param counts those of every mechanism
 */
public record DiscoveryTotals(Map<Mechanism, Counts> counts) {

  /** Those of a service that has discovered nothing yet. */
  public static final DiscoveryTotals NONE =
      new DiscoveryTotals(Map.of(Mechanism.FILE, Counts.NONE, Mechanism.HTTP, Counts.NONE));

  public DiscoveryTotals {
    counts = Map.copyOf(counts);
  }

  /** How targets are discovered, in the order in which they are put in force. */
  public enum Mechanism {
    FILE,
    HTTP;

    /** The value of the label {@code mechanism}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Those of one mechanism.
   *
   * @param targets discovered targets in force
   * @param leftOut discovered targets that are not, because they clash with others or their module
   *     is unknown
   * @param failing sources whose last reading failed
   * @param failures readings that failed, ever
   */
  public record Counts(int targets, int leftOut, int failing, long failures) {

    static final Counts NONE = new Counts(0, 0, 0, 0);
  }
}
