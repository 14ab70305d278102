package dev.echosounder.dial;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.security.auth.x500.X500Principal;

/**
 * A distinguished name as Go writes it, and so blackbox_exporter, where it is a label: the usual
 * attributes in an order of their own, whatever that of the certificate, values of one attribute
 * joined by {@code +}; then all others, the last first, by number and DER.
 */
record DistinguishedName(List<Attribute> attributes) {

  private static final List<Usual> USUAL =
      List.of(
          new Usual("2.5.4.5", "SERIALNUMBER", false),
          new Usual("2.5.4.3", "CN", false),
          new Usual("2.5.4.11", "OU", true),
          new Usual("2.5.4.10", "O", true),
          new Usual("2.5.4.17", "POSTALCODE", true),
          new Usual("2.5.4.9", "STREET", true),
          new Usual("2.5.4.7", "L", true),
          new Usual("2.5.4.8", "ST", true),
          new Usual("2.5.4.6", "C", true));

  private static final int PRINTABLE_STRING = 0x13;
  private static final int UTF8_STRING = 0x0c;

  /** An attribute with a keyword; of one that is not repeated, the last value counts. */
  private record Usual(String type, String keyword, boolean repeated) {}

  record Attribute(String type, String value) {}

  static DistinguishedName of(X500Principal principal) {
    return new DistinguishedName(
        Der.sequence(ByteBuffer.wrap(principal.getEncoded())).stream()
            .flatMap(name -> name.parts().stream())
            .flatMap(relative -> relative.parts().stream())
            .map(Der::parts)
            .map(pair -> new Attribute(pair.get(0).objectIdentifier(), pair.get(1).text()))
            .toList());
  }

  /** The text. */
  String text() {
    List<String> parts = new ArrayList<>();
    USUAL.forEach(usual -> add(usual, parts));
    List<String> others =
        new ArrayList<>(
            attributes.stream()
                .filter(each -> USUAL.stream().noneMatch(usual -> usual.type().equals(each.type())))
                .map(each -> each.type() + "=#" + der(each.value()))
                .toList());
    Collections.reverse(others);
    parts.addAll(others);
    return String.join(",", parts);
  }

  private void add(Usual usual, List<String> parts) {
    List<String> values =
        attributes.stream()
            .filter(each -> each.type().equals(usual.type()))
            .map(each -> usual.keyword() + "=" + escaped(each.value()))
            .toList();
    if (!values.isEmpty()) {
      parts.add(usual.repeated() ? String.join("+", values) : values.get(values.size() - 1));
    }
  }

  // RFC 4514 section 2.4
  private static String escaped(String value) {
    int last = value.length() - 1;
    return IntStream.rangeClosed(0, last)
        .mapToObj(
            i -> {
              char c = value.charAt(i);
              boolean special =
                  ",+\"\\<>;".indexOf(c) >= 0
                      || (c == ' ' && (i == 0 || i == last))
                      || (c == '#' && i == 0);
              return special ? "\\" + c : String.valueOf(c);
            })
        .collect(Collectors.joining());
  }

  private static String der(String value) {
    boolean printable = value.chars().allMatch(DistinguishedName::isPrintable);
    byte[] octets = value.getBytes(StandardCharsets.UTF_8);
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits((byte) (printable ? PRINTABLE_STRING : UTF8_STRING))
        + length(octets.length)
        + hex.formatHex(octets);
  }

  private static String length(int octets) {
    String digits = "%02x".formatted(octets);
    String even = digits.length() % 2 == 0 ? digits : "0" + digits;
    return octets < 0x80 ? even : "%02x".formatted(0x80 | even.length() / 2) + even;
  }

  // X.680 section 41.4
  private static boolean isPrintable(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || " '()+,-./:=?".indexOf(c) >= 0;
  }
}
