package dev.echosounder.settings;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What tells a target from every other one in all outputs: the label set of its series. Two targets
 * of one configuration never have the same id.
 *
 * @param url the URL as shown, with every secret in it replaced
 * @param name the configured name, if any
 * @param labels the target's own labels; none of them is one of {@link #RESERVED_LABELS}
 */
public record TargetId(String url, Optional<String> name, Map<String, String> labels) {

  /** Labels that series of targets have of themselves, so that a target may not have its own. */
  public static final Set<String> RESERVED_LABELS =
      Set.of("url", "name", "phase", "reason", "le", "ip", "serving_status");

  public TargetId {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(name, "name");
    labels = Map.copyOf(labels);
  }

  /** The configured name, else the URL as shown. */
  public String display() {
    return name.orElse(url);
  }
}
