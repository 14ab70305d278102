package dev.echosounder.settings;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What tells a target from every other one in all outputs: the label set of its series. Two targets
 * of one configuration never have the same id.
 *
 * @param url the URL as shown, with every secret in it replaced
 * @param name the configured name, if any
 * @param labels the target's own labels; none of them is {@code url}, {@code name}, {@code phase},
 *     {@code reason} or {@code le}
 */
public record TargetId(String url, Optional<String> name, Map<String, String> labels) {

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
