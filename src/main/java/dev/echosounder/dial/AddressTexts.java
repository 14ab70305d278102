package dev.echosounder.dial;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;

/** Addresses as people read them. */
final class AddressTexts {

  private static final int MOST = 16;

  private AddressTexts() {}

  /** The canonical forms (RFC 5952 for IPv6) of the first 16 addresses. */
  static String of(List<InetAddress> addresses) {
    String more = addresses.size() > MOST ? ", ..." : "";
    return addresses.stream()
            .limit(MOST)
            .map(NetUtil::toAddressString)
            .collect(Collectors.joining(", "))
        + more;
  }
}
