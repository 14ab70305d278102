package dev.echosounder.config;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;

/**
 * What was found at the place of the configuration file and of the files that it names. Two equal
 * looks found the same contents.
 *
 * @param content the bytes, if the file could be read
 * @param problem why it could not, if it should be there
 * @param files the files that it names, and fingerprints of what is in them
 */
record Look(Optional<Buffer> content, Optional<String> problem, Map<String, String> files) {

  /** There is no file, and none is needed. */
  static final Look NO_FILE = new Look(Optional.empty(), Optional.empty(), Map.of());

  static Look at(Buffer content) {
    return new Look(Optional.of(content), Optional.empty(), Map.of());
  }

  static Look failed(String problem) {
    return new Look(Optional.empty(), Optional.of(problem), Map.of());
  }

  /** The same content with these files. */
  Look with(Map<String, String> named) {
    return new Look(content, problem, named);
  }

  /**
   * Whether the content may be a part of what is being written: YAML whose last line has no end. A
   * file that was cut at the end of a line cannot be told from one that was edited. JSON shows a
   * cut by itself.
   */
  boolean halfWritten() {
    String text = content.map(Buffer::toString).orElse("");
    boolean json = text.strip().startsWith("{");
    return !text.isEmpty() && !text.endsWith("\n") && !json;
  }

  /** Not the content, which holds secrets. */
  @Override
  public String toString() {
    return problem.orElse(content.map(bytes -> bytes.length() + " bytes").orElse("no file"));
  }
}
