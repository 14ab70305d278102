package dev.echosounder.http;

import dev.echosounder.settings.Settings;
import java.util.OptionalInt;

/**
 * Where the service listens.
 *
 * @param main the port of the echo routes
 * @param management the port of every other route, if not the main one
 */
public record Ports(int main, OptionalInt management) {

  private static final int FREE_MAIN = -1;
  private static final int FREE_MANAGEMENT = -2;

  /**
   * The ports as Vert.x is to be told. Where a free one is wanted these are negative: servers that
   * listen on the same negative port share one free port, while each that listens on 0 gets its
   * own.
   */
  public static Ports configured(Settings settings) {
    int main = settings.http().port();
    OptionalInt management = settings.managementPort();
    return new Ports(
        main == 0 ? FREE_MAIN : main,
        management.isPresent() && management.getAsInt() == 0
            ? OptionalInt.of(FREE_MANAGEMENT)
            : management);
  }

  /** The port that the routes which are not the echo's are on. */
  public int reserved() {
    return management.orElse(main);
  }
}
