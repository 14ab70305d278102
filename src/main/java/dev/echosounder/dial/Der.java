package dev.echosounder.dial;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A value in DER (X.690) that the JDK has read before, and so is well-formed.
 *
 * @param tag the identifier octet
 * @param content of the length it says
 */
record Der(int tag, ByteBuffer content) {

  private static final Map<Integer, Charset> CHARSETS =
      Map.of(12, StandardCharsets.UTF_8, 30, StandardCharsets.UTF_16BE);

  /** The values that follow one another in some octets. */
  static List<Der> sequence(ByteBuffer octets) {
    ByteBuffer rest = octets.duplicate();
    List<Der> values = new ArrayList<>();
    while (rest.hasRemaining()) {
      int tag = Byte.toUnsignedInt(rest.get());
      int length = length(rest);
      values.add(new Der(tag, rest.slice(rest.position(), length)));
      rest.position(rest.position() + length);
    }
    return values;
  }

  private static int length(ByteBuffer rest) {
    int first = Byte.toUnsignedInt(rest.get());
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int octets = first & 0x7f; octets > 0; octets--) {
      length = (length << 8) | Byte.toUnsignedInt(rest.get());
    }
    return length;
  }

  /** The values that this one consists of. */
  List<Der> parts() {
    return sequence(content);
  }

  /** The text of a string of any type. */
  String text() {
    return CHARSETS
        .getOrDefault(tag, StandardCharsets.ISO_8859_1)
        .decode(content.duplicate())
        .toString();
  }

  /** The numbers of an object identifier, with dots. */
  String objectIdentifier() {
    StringBuilder numbers = new StringBuilder();
    ByteBuffer rest = content.duplicate();
    while (rest.hasRemaining()) {
      long number = 0;
      int octet;
      do {
        octet = rest.get();
        number = (number << 7) | (octet & 0x7f);
      } while (octet < 0);
      if (numbers.isEmpty()) {
        long first = Math.min(number / 40, 2);
        numbers.append(first).append('.').append(number - 40 * first);
      } else {
        numbers.append('.').append(number);
      }
    }
    return numbers.toString();
  }
}
