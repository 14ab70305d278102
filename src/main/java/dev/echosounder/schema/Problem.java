package dev.echosounder.schema;

import java.util.Objects;

/**
 * One reason why a configuration is refused, without any secret of it.
 *
 * @param path where
 * @param got what is there
 * @param expected what should be
 * @param source the environment variable that it comes from, or nothing
 * @param file the file that it is in, if not the configuration file, or nothing
 */
public record Problem(KeyPath path, String got, String expected, String source, String file) {

  public Problem {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(got, "got");
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(file, "file");
  }

  /** One that does not come from an environment variable. */
  public Problem(KeyPath path, String got, String expected) {
    this(path, got, expected, "", "");
  }

  /** What is wrong with a document as such. */
  public static Problem of(String file, BadDocumentException broken) {
    String text = broken.getMessage();
    int got = text.indexOf("got ");
    int expected = text.lastIndexOf(", expected ");
    String place = text.substring(0, got);
    return new Problem(
        KeyPath.ROOT,
        text.substring(got + "got ".length(), expected),
        text.substring(expected + ", expected ".length()),
        "",
        place.isEmpty() ? file : file + ": " + place.substring(0, place.length() - ": ".length()));
  }

  /** The same problem, of the value of an environment variable. */
  public Problem from(String variable) {
    return new Problem(path, got, expected, variable, file);
  }

  /** The same problem, in this file. */
  public Problem in(String name) {
    return new Problem(path, got, expected, source, name);
  }

  /** {@code key.path[1]: got X, expected Y}; a file comes before the key. */
  @Override
  public String toString() {
    String key = source.isEmpty() ? path.toString() : path + " (" + source + ")";
    if (file.isEmpty()) {
      return key + ": got " + got + ", expected " + expected;
    }
    String place = path.steps().isEmpty() ? file : file + ": " + key;
    return place + ": got " + got + ", expected " + expected;
  }
}
