package dev.echosounder.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.xbill.DNS.Name;

/** The parts of a record in the form of a zone file, escaped as {@link RecordText} needs them. */
final class ZoneText {

  private static final String SPECIAL_IN_NAMES = ". '@;()\"\\";
  private static final String SPECIAL_IN_STRINGS = "\"\\";

  private ZoneText() {}

  /** A domain name with its final dot. */
  static String name(Name name) {
    return name.equals(Name.root)
        ? "."
        : IntStream.range(0, name.labels() - 1)
            .mapToObj(label -> label(name.getLabel(label)))
            .collect(Collectors.joining());
  }

  private static String label(byte[] label) {
    // The first octet is the length.
    return escaped(Arrays.copyOfRange(label, 1, label.length), SPECIAL_IN_NAMES) + ".";
  }

  /** Character strings (RFC 1035 section 3.3), each in quotes. */
  static String strings(List<byte[]> strings) {
    return strings.stream()
        .map(string -> quote(escaped(string, SPECIAL_IN_STRINGS)))
        .collect(Collectors.joining(" "));
  }

  /** A text that is escaped already, in quotes. */
  static String quote(String text) {
    return '"' + text + '"';
  }

  private static String escaped(byte[] octets, String special) {
    return new String(octets, StandardCharsets.ISO_8859_1)
        .chars()
        .mapToObj(
            c ->
                special.indexOf(c) >= 0
                    ? "\\" + (char) c
                    : c < ' ' || c > '~'
                        ? String.format(Locale.ROOT, "\\%03d", c)
                        : Character.toString(c))
        .collect(Collectors.joining());
  }

  /** Texts and numbers with a space between each. */
  static String words(Object... words) {
    return Stream.of(words).map(String::valueOf).collect(Collectors.joining(" "));
  }
}
