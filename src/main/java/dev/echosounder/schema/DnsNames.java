package dev.echosounder.schema;

import java.net.IDN;
import java.util.Optional;
import java.util.OptionalInt;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** The numbers behind DNS mnemonics (RFC 6895); a number stands for itself. */
public final class DnsNames {

  private DnsNames() {}

  /** The number of a record type. */
  public static OptionalInt type(String text) {
    return number(text, 0xffff, Type.value(text));
  }

  /** The number of a class. */
  public static OptionalInt dnsClass(String text) {
    return number(text, 0xffff, DClass.value(text));
  }

  /** The number of a response code. */
  public static OptionalInt rcode(String text) {
    return number(text, 0xfff, Rcode.value(text));
  }

  /** A domain name in ASCII (IDNA 2003), if it is one that fits into a message. */
  public static Optional<String> name(String text) {
    try {
      String ascii = text.chars().allMatch(c -> c < 0x80) ? text : IDN.toASCII(text);
      Name.fromString(ascii);
      return ascii.matches("[\\x21-\\x7e]+") ? Optional.of(ascii) : Optional.empty();
    } catch (TextParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static OptionalInt number(String text, int highest, int named) {
    if (text.matches("\\d{1,5}")) {
      int number = Integer.parseInt(text);
      return number > highest ? OptionalInt.empty() : OptionalInt.of(number);
    }
    return named < 0 ? OptionalInt.empty() : OptionalInt.of(named);
  }
}
