package dev.echosounder.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** The IPv4 address that an IPv6 address carries: where its packets come out, at some gateway. */
final class CarriedAddress {

  private static final int IPV6 = 16;
  private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b};
  private static final int ALL_ONES = 0xff;

  private CarriedAddress() {}

  /** By the well-known prefix of NAT64, {@code 64:ff9b::/96} (RFC 6052). */
  static Optional<InetAddress> translated(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == IPV6 && startsWith(bytes, NAT64) && zero(bytes, 4, 12)
        ? Optional.of(ipv4(bytes, 12, 0))
        : Optional.empty();
  }

  /**
   * By any other form that has one: {@code 64:ff9b:1::/48} (RFC 8215, its last 32 bits), 6to4
   * {@code 2002::/16} (RFC 3056), Teredo {@code 2001::/32} (RFC 4380), ISATAP (RFC 5214),
   * IPv4-translated {@code ::ffff:0:0:0/96} (RFC 2765) and IPv4-compatible {@code ::/96} (RFC
   * 4291).
   */
  static Optional<InetAddress> tunnelled(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != IPV6) {
      return Optional.empty();
    }
    if (startsWith(bytes, (byte) 0x20, (byte) 0x02)) {
      return Optional.of(ipv4(bytes, 2, 0));
    }
    if (startsWith(bytes, (byte) 0x20, (byte) 0x01, (byte) 0, (byte) 0)) {
      return Optional.of(ipv4(bytes, 12, ALL_ONES));
    }
    boolean isatap =
        (bytes[8] & 0xfd) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == (byte) 0xfe;
    boolean local = startsWith(bytes, NAT64) && bytes[4] == 0 && bytes[5] == 1;
    boolean iVi =
        zero(bytes, 0, 8)
            && bytes[8] == (byte) 0xff
            && bytes[9] == (byte) 0xff
            && zero(bytes, 10, 12);
    // :: and ::1 are themselves.
    boolean compatible = zero(bytes, 0, 12) && !zero(bytes, 12, 15);
    return isatap || local || iVi || compatible
        ? Optional.of(ipv4(bytes, 12, 0))
        : Optional.empty();
  }

  private static boolean startsWith(byte[] bytes, byte... prefix) {
    return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static boolean zero(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress ipv4(byte[] bytes, int from, int mask) {
    byte[] octets = Arrays.copyOfRange(bytes, from, from + 4);
    for (int i = 0; i < octets.length; i++) {
      octets[i] ^= (byte) mask;
    }
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
