package dev.echosounder.settings;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may be dialled. An address is refused if a rule denies it, by itself or by the name of its
 * host, or if any rules allow and none of them covers either.
 *
 * <p>An address is all its spellings: an IPv4-mapped or NAT64 address is the IPv4 address too. One
 * that carries an IPv4 address in another way (6to4, Teredo, ISATAP, IPv4-compatible) is denied
 * where that is.
 *
 * @param allow if not empty, the only ones that may be dialled
 * @param deny those that are never dialled, whatever is allowed
 * @param further what must permit it too
 */
public record AddressFilter(
    List<HostRule> allow, List<HostRule> deny, Optional<AddressFilter> further) {

  /** Refuses nothing. */
  public static final AddressFilter ANY = new AddressFilter(List.of(), List.of());

  private static final List<InetAddress> LOOPBACK =
      List.of(Network.parse("127.0.0.1").base(), Network.parse("::1").base());

  public AddressFilter {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }

  /** One that asks no other. */
  public AddressFilter(List<? extends HostRule> allow, List<? extends HostRule> deny) {
    this(List.copyOf(allow), List.copyOf(deny), Optional.empty());
  }

  /** Permits what both this and the other permit. */
  public AddressFilter and(AddressFilter other) {
    return new AddressFilter(
        allow, deny, Optional.of(further.map(own -> own.and(other)).orElse(other)));
  }

  /** Refuses what this denies, and nothing for not being allowed. */
  public AddressFilter deniedOnly() {
    return new AddressFilter(List.of(), deny, further.map(AddressFilter::deniedOnly));
  }

  /** Whether a host is denied by its name, whatever its addresses are. */
  public boolean deniesName(String host) {
    return deny.stream().anyMatch(rule -> rule instanceof NamePattern name && name.covers(host))
        || further.filter(other -> other.deniesName(host)).isPresent();
  }

  /**
   * Whether an address may be dialled. The unspecified address leads to this host (on Linux), so it
   * may be where the loopback address may.
   *
   * @param host whose address it is, as asked for: a name or an address literal
   */
  public boolean permits(String host, InetAddress address) {
    return !denies(host, address)
        && CarriedAddress.tunnelled(address).filter(one -> denies(host, one)).isEmpty()
        && (allow.isEmpty() || allows(host, address))
        && further.map(other -> other.permits(host, address)).orElse(true);
  }

  private boolean denies(String host, InetAddress address) {
    return same(address).anyMatch(one -> covers(deny, host, one));
  }

  private boolean allows(String host, InetAddress address) {
    Optional<InetAddress> translated = CarriedAddress.translated(address);
    return loopbackToo(address).allMatch(one -> covers(allow, host, one))
        || translated.filter(one -> allows(host, one)).isPresent();
  }

  /** What an address is as well, for who denies. */
  private static Stream<InetAddress> same(InetAddress address) {
    return Stream.concat(Stream.of(address), CarriedAddress.translated(address).stream())
        .flatMap(AddressFilter::loopbackToo);
  }

  private static Stream<InetAddress> loopbackToo(InetAddress address) {
    return Stream.concat(
        Stream.of(address),
        LOOPBACK.stream()
            .filter(loopback -> address.isAnyLocalAddress())
            .filter(loopback -> loopback.getClass() == address.getClass()));
  }

  private static boolean covers(List<HostRule> rules, String host, InetAddress address) {
    return rules.stream().anyMatch(rule -> rule.covers(host, address));
  }
}
