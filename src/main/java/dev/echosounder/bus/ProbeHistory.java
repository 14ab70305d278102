package dev.echosounder.bus;

import dev.echosounder.settings.TargetId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks the prober for the results it has kept of configured targets. Both filters empty means every
 * target.
 *
 * @param name only targets of this name
 * @param url only targets of this URL, as configured or as shown
 */
public record ProbeHistory(Optional<String> name, Optional<String> url) {

  public ProbeHistory {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(url, "url");
  }

  /**
   * The reply.
   *
   * @param targets one for each target asked for, in the order of the configuration; empty if no
   *     target matches
   */
  public record Kept(List<OfTarget> targets) {

    public Kept {
      targets = List.copyOf(targets);
    }
  }

  /**
   * What is kept of one target.
   *
   * @param target the target
   * @param results the newest first
   */
  public record OfTarget(TargetId target, List<PastResult> results) {

    public OfTarget {
      Objects.requireNonNull(target, "target");
      results = List.copyOf(results);
    }
  }
}
