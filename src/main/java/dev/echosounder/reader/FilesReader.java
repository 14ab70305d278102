package dev.echosounder.reader;

import dev.echosounder.schema.KeyPath;
import dev.echosounder.schema.Problems;
import dev.echosounder.schema.Section;
import dev.echosounder.settings.Secret;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the files that keys name, and values that stand either in the configuration or in one.
 *
 * @param directory what paths are relative to
 */
record FilesReader(Problems problems, NamedFiles files, Path directory) {

  private static final String READABLE = "a file of at most 1 MiB that can be read";
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

  /** One of paths that are relative to the working directory. */
  FilesReader(Problems problems, NamedFiles files) {
    this(problems, files, Path.of(""));
  }

  /** The bytes of a file. */
  Optional<Buffer> bytes(KeyPath place, String path) {
    FileContent content = files.read(directory.resolve(path).toString());
    if (content.bytes().isEmpty()) {
      problems.add(place, content.problem(), READABLE);
    }
    return content.bytes();
  }

  /** The text of a file in UTF-8. */
  Optional<String> text(KeyPath place, String path) {
    return bytes(place, path).flatMap(bytes -> decode(place, bytes));
  }

  /** A secret of a file, without white space at its ends. */
  Optional<Secret> secret(KeyPath place, String path) {
    Optional<String> text = text(place, path).map(String::strip);
    if (text.filter(String::isEmpty).isPresent()) {
      // It may be just being written anew.
      problems.add(place, "a file without text", "a file that holds the secret");
      return Optional.empty();
    }
    return text.map(Secret::new);
  }

  /** A secret of a file that is to be sent in a header. */
  Optional<Secret> headerValue(KeyPath place, String path) {
    Optional<Secret> secret = secret(place, path);
    if (secret.filter(value -> !HEADER_VALUE.matcher(value.value()).matches()).isPresent()) {
      problems.add(
          place,
          "a file with several lines, control characters or characters beyond Latin-1",
          "a file that holds a header value");
      return Optional.empty();
    }
    return secret;
  }

  /** The secret of a key, or of the file that the key with {@code _file} names. */
  Optional<Secret> secret(Section section, String key) {
    return section.has(file(key))
        ? secret(section.at(file(key)), section.text(file(key)).orElseThrow())
        : inline(section, key);
  }

  /** The same, if it is to be sent in a header. */
  Optional<Secret> headerValue(Section section, String key) {
    return section.has(file(key))
        ? headerValue(section.at(file(key)), section.text(file(key)).orElseThrow())
        : inline(section, key);
  }

  /** Whether neither the key nor one of the same with a suffix is there, and none was wrong. */
  boolean missing(Section section, String key) {
    return missingOne(section, key)
        && missingOne(section, file(key))
        && missingOne(section, key + "_ref");
  }

  private boolean missingOne(Section section, String key) {
    return !section.has(key) && !problems.knows(section.at(key));
  }

  private static String file(String key) {
    return key + "_file";
  }

  private static Optional<Secret> inline(Section section, String key) {
    return section.text(key).filter(text -> !text.isEmpty()).map(Secret::new);
  }

  private Optional<String> decode(KeyPath place, Buffer bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes())).toString());
    } catch (CharacterCodingException e) {
      problems.add(place, "a file with bytes that are not UTF-8", "a text file");
      return Optional.empty();
    }
  }
}
