package dev.echosounder.settings;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses may be dialled. An address is refused if a denied network holds it, or if any
 * networks are allowed and none of them holds it. An IPv4-mapped IPv6 address is the IPv4 address.
 *
 * @param allow if not empty, the only networks that may be dialled
 * @param deny networks that are never dialled, whatever is allowed
 */
public record AddressFilter(List<Network> allow, List<Network> deny) {

  public AddressFilter {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }

  /** Refuses nothing. */
  public static final AddressFilter ANY = new AddressFilter(List.of(), List.of());

  private static final List<Network> ALL =
      List.of(Network.parse("0.0.0.0/0"), Network.parse("::/0"));

  private static final List<InetAddress> LOOPBACK =
      List.of(Network.parse("127.0.0.1").base(), Network.parse("::1").base());

  /** Permits what both this and the other permit. */
  public AddressFilter and(AddressFilter other) {
    List<Network> neither = Stream.concat(deny.stream(), other.deny.stream()).toList();
    if (allow.isEmpty() || other.allow.isEmpty()) {
      return new AddressFilter(allow.isEmpty() ? other.allow : allow, neither);
    }
    // Two networks are apart, or one lies in the other.
    List<Network> both =
        Stream.concat(within(allow, other.allow), within(other.allow, allow)).distinct().toList();
    return both.isEmpty() ? new AddressFilter(List.of(), ALL) : new AddressFilter(both, neither);
  }

  private static Stream<Network> within(List<Network> inner, List<Network> outer) {
    return inner.stream().filter(small -> outer.stream().anyMatch(large -> large.contains(small)));
  }

  /**
   * Whether the address may be dialled. The unspecified address leads to this host (on Linux), so
   * it may be where the loopback address may.
   */
  public boolean permits(InetAddress address) {
    return permitted(address)
        && (!address.isAnyLocalAddress()
            || LOOPBACK.stream()
                .filter(loopback -> loopback.getClass() == address.getClass())
                .allMatch(this::permitted));
  }

  private boolean permitted(InetAddress address) {
    return deny.stream().noneMatch(network -> network.contains(address))
        && (allow.isEmpty() || allow.stream().anyMatch(network -> network.contains(address)));
  }
}
