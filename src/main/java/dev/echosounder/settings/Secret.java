package dev.echosounder.settings;

import java.util.Objects;

/**
 * A configured value that must not be shown: a credential, a header that may carry one.
 *
 * @param value the value itself, for the one place that sends it
 */
public record Secret(String value) {

  /** What stands for a secret in every output. */
  public static final String SHOWN = "<secret>";

  public Secret {
    Objects.requireNonNull(value, "value");
  }

  /** Never the value, so that no log line, error text or record can leak it. */
  @Override
  public String toString() {
    return SHOWN;
  }
}
