package dev.echosounder.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Inputs that are worth a try, in the files of {@code src/test/resources/fuzz}: one a line, where a
 * backslash begins {@code \r}, {@code \n}, {@code \t}, {@code \\}, {@code \xNN} or a UTF-16 unit by
 * its four digits behind a u. What a property test finds is added there, so that it is tried for
 * good.
 */
public final class Corpus {

  private static final Path DIRECTORY = Path.of("src", "test", "resources", "fuzz");
  private static final int HEX = 16;

  private Corpus() {}

  /** The inputs of a file, as text of ISO 8859-1 where they are bytes. */
  public static List<String> of(String name) {
    try {
      return Files.readAllLines(DIRECTORY.resolve(name + ".txt"), StandardCharsets.UTF_8).stream()
          .map(Corpus::unescaped)
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String unescaped(String line) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char kind = line.charAt(++i);
      switch (kind) {
        case 'r' -> text.append('\r');
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        case 'x', 'u' -> {
          int digits = kind == 'x' ? 2 : 4;
          text.append((char) Integer.parseInt(line, i + 1, i + 1 + digits, HEX));
          i += digits;
        }
        default -> text.append(kind);
      }
    }
    return text.toString();
  }

  /** The text's bytes, of which each character is one. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Bytes as a text of which each character is one. */
  public static String text(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    IntStream.range(0, bytes.length).forEach(i -> text.append((char) (bytes[i] & 0xff)));
    return text.toString();
  }
}
