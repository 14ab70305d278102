package dev.echosounder.settings;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3). A single address is a
 * block of one. An IPv4-mapped IPv6 block ({@code ::ffff:10.0.0.0/104}) is the IPv4 block.
 *
 * @param base any address of the block; the bits after the prefix are ignored
 * @param prefixLength 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Network(InetAddress base, int prefixLength) implements HostRule {

  private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f:.]+)(?:/(\\d{1,3}))?");

  // Octal to some, decimal to others.
  private static final Pattern LEADING_ZERO = Pattern.compile("(?:^|\\.)0\\d");

  public Network {
    int bits = base.getAddress().length * 8;
    if (prefixLength < 0 || prefixLength > bits) {
      throw new IllegalArgumentException(
          "got prefix length " + prefixLength + ", expected 0 to " + bits);
    }
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code fe80::/10} or a single address.
   *
   * @throws IllegalArgumentException if the text is neither; a name is never looked up
   */
  public static Network parse(String text) {
    Matcher form = FORM.matcher(text);
    byte[] bytes = form.matches() ? octets(form.group(1)) : null;
    if (bytes == null) {
      throw new IllegalArgumentException(
          "got \"" + text + "\", expected an address or a CIDR such as 10.0.0.0/8");
    }
    int bits = bytes.length * 8;
    int prefixLength = form.group(2) == null ? bits : Integer.parseInt(form.group(2));
    InetAddress base = address(bytes);
    // The JDK turns the mapped form into IPv4, which leaves out 96 bits.
    boolean mapped = bits == 128 && base instanceof Inet4Address;
    return new Network(base, mapped ? prefixLength - 96 : prefixLength);
  }

  private static byte[] octets(String text) {
    return text.contains(":")
        ? HostText.ipv6(text).orElse(null)
        : LEADING_ZERO.matcher(text).find()
            ? null
            : NetUtil.createByteArrayFromIpAddressString(text);
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("expected 4 or 16 bytes", e);
    }
  }

  @Override
  public boolean covers(String host, InetAddress address) {
    return contains(address);
  }

  /** Whether the address lies in this block; one of the other family never does. */
  public boolean contains(InetAddress address) {
    byte[] mine = base.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    int whole = prefixLength / 8;
    if (!Arrays.equals(mine, 0, whole, other, 0, whole)) {
      return false;
    }
    int rest = prefixLength % 8;
    int mask = 0xff << (8 - rest);
    return rest == 0 || ((mine[whole] ^ other[whole]) & mask & 0xff) == 0;
  }

  /** CIDR notation. */
  @Override
  public String toString() {
    return base.getHostAddress() + "/" + prefixLength;
  }
}
