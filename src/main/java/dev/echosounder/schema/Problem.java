package dev.echosounder.schema;

import java.util.Objects;

/**
 * One reason why a configuration is refused, without any secret of it.
 *
 * @param path where
 * @param got what is there
 * @param expected what should be
 * @param source the environment variable that it comes from, or nothing
 */
public record Problem(KeyPath path, String got, String expected, String source) {

  public Problem {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(got, "got");
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(source, "source");
  }

  /** One that does not come from an environment variable. */
  public Problem(KeyPath path, String got, String expected) {
    this(path, got, expected, "");
  }

  /** The same problem, of the value of an environment variable. */
  public Problem from(String variable) {
    return new Problem(path, got, expected, variable);
  }

  /** {@code key.path[1]: got X, expected Y}. */
  @Override
  public String toString() {
    String place = source.isEmpty() ? path.toString() : path + " (" + source + ")";
    return place + ": got " + got + ", expected " + expected;
  }
}
