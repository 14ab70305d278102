package dev.echosounder.settings;

import io.netty.util.NetUtil;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The host of a URL in its many spellings. Nothing is looked up. */
public final class HostText {

  private static final Pattern NUMBER = Pattern.compile("(?i)0x0*[0-9a-f]{0,8}|0*[0-9]{1,11}");
  private static final Pattern DOTTED_TAIL =
      Pattern.compile("(?<head>.*:)(?<quad>(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3})");
  private static final int PARTS = 4;

  private HostText() {}

  /**
   * The address that a host is already, if it is one: IPv6 with or without a zone, which is
   * dropped, the IPv4-mapped form being IPv4; and IPv4 as {@code inet_aton} reads it, of one to
   * four numbers, the last one filling what is left, decimal, octal after a {@code 0}, or
   * hexadecimal after {@code 0x}.
   *
   * @param host without brackets
   */
  public static Optional<InetAddress> address(String host) {
    return host.contains(":")
        ? ipv6(host.replaceFirst("%.*", "")).map(HostText::address)
        : ipv4(withoutDot(host));
  }

  /** The octets of an IPv6 address, its last four as in IPv4 or not (RFC 4291 section 2.2). */
  static Optional<byte[]> ipv6(String text) {
    Matcher dotted = DOTTED_TAIL.matcher(text);
    // Netty takes a dotted end after ::ffff: only, and after :: reads another address.
    String hexadecimal =
        dotted.matches()
            ? ipv4(dotted.group("quad"))
                .map(InetAddress::getAddress)
                .map(ByteBuffer::wrap)
                .map(ByteBuffer::getInt)
                .map(bits -> "%s%x:%x".formatted(dotted.group("head"), bits >>> 16, bits & 0xffff))
                .orElse("")
            : text;
    return hexadecimal.contains(".")
        ? Optional.empty()
        : Optional.ofNullable(NetUtil.createByteArrayFromIpAddressString(hexadecimal));
  }

  /** Lower case, ASCII (IDNA 2003, where that has a form for it), without a final dot. */
  public static String name(String host) {
    String lower = withoutDot(host).toLowerCase(Locale.ROOT);
    if (lower.chars().allMatch(c -> c < 0x80)) {
      return lower;
    }
    try {
      return withoutDot(IDN.toASCII(lower)).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return lower;
    }
  }

  /** An address in its one canonical form (RFC 5952 for IPv6); any other host as it is. */
  static String canonical(String host) {
    return address(host).map(NetUtil::toAddressString).orElse(host);
  }

  /** Whether the last part is a number, as in an address; no domain has such a name. */
  static boolean endsInNumber(String name) {
    return NUMBER.matcher(name.substring(name.lastIndexOf('.') + 1)).matches();
  }

  private static String withoutDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  private static Optional<InetAddress> ipv4(String host) {
    String[] parts = host.split("\\.", -1);
    if (parts.length > PARTS) {
      return Optional.empty();
    }
    long bits = 0;
    for (int i = 0; i < parts.length; i++) {
      int octets = i == parts.length - 1 ? PARTS - i : 1;
      OptionalLong number = number(parts[i]);
      if (number.isEmpty() || number.getAsLong() >= 1L << (8 * octets)) {
        return Optional.empty();
      }
      bits = bits << (8 * octets) | number.getAsLong();
    }
    return Optional.of(
        address(
            new byte[] {
              (byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits
            }));
  }

  private static OptionalLong number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return OptionalLong.empty();
    }
    try {
      if (text.length() > 1 && Character.toLowerCase(text.charAt(1)) == 'x') {
        return OptionalLong.of(text.length() == 2 ? 0 : Long.parseLong(text.substring(2), 16));
      }
      return OptionalLong.of(
          Long.parseLong(text, text.length() > 1 && text.startsWith("0") ? 8 : 10));
    } catch (NumberFormatException notOctal) {
      return OptionalLong.empty();
    }
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address of " + bytes.length + " bytes", e);
    }
  }
}
