package dev.echosounder.config;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A block of addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3). A single address is a
 * block of one.
 *
 * @param base any address of the block; the bits after the prefix are ignored
 * @param prefixLength 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Network(InetAddress base, int prefixLength) {

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
    int slash = text.indexOf('/');
    byte[] address =
        NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw new IllegalArgumentException(
          "got \"" + text + "\", expected an address or a CIDR such as 10.0.0.0/8");
    }
    try {
      InetAddress base = InetAddress.getByAddress(address);
      int bits = base.getAddress().length * 8;
      return new Network(base, slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1)));
    } catch (UnknownHostException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "got \"" + text + "\", expected an address or a CIDR such as 10.0.0.0/8", e);
    }
  }

  /** Whether the address lies in this block; one of the other family never does. */
  public boolean contains(InetAddress address) {
    byte[] mine = base.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    int whole = prefixLength / 8;
    for (int i = 0; i < whole; i++) {
      if (mine[i] != other[i]) {
        return false;
      }
    }
    int rest = prefixLength % 8;
    int mask = 0xff << (8 - rest);
    return rest == 0 || ((mine[whole] ^ other[whole]) & mask & 0xff) == 0;
  }
}
