package dev.echosounder.settings;

import java.util.Objects;

/**
 * What is sent as {@code Authorization} (RFC 9110 section 11.6.2).
 *
 * @param scheme the authentication scheme, such as {@code Basic} or {@code Bearer}
 * @param value what follows the scheme
 */
public record Credentials(String scheme, Secret value) {

  public Credentials {
    Objects.requireNonNull(scheme, "scheme");
    Objects.requireNonNull(value, "value");
  }
}
