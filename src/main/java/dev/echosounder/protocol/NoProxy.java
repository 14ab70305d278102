package dev.echosounder.protocol;

import dev.echosounder.dial.Resolver;
import dev.echosounder.settings.Network;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which hosts are reached without a proxy, by the rules of {@code no_proxy}: names, which stand for
 * those below them too ({@code .name} and {@code *.name} for these alone), addresses, CIDRs, each
 * but the latter with a port or without, or {@code *}. Where there are rules the loopback interface
 * is never reached by a proxy, as in Prometheus.
 *
 * @param rules as configured
 */
record NoProxy(List<String> rules) {

  /**
   * Whether a host is reached directly.
   *
   * @param addresses those of the host, as far as they are known
   */
  boolean covers(Origin origin, List<InetAddress> addresses) {
    return !rules.isEmpty()
        && (isLoopback(origin, addresses)
            || rules.stream()
                .map(rule -> rule.strip().toLowerCase(Locale.ROOT))
                .filter(rule -> !rule.isEmpty())
                .anyMatch(rule -> covers(rule, origin, addresses)));
  }

  private static boolean isLoopback(Origin origin, List<InetAddress> addresses) {
    return origin.host().equals("localhost")
        || (!addresses.isEmpty() && addresses.stream().allMatch(InetAddress::isLoopbackAddress));
  }

  private static boolean covers(String rule, Origin origin, List<InetAddress> addresses) {
    if (rule.equals("*")) {
      return true;
    }
    int colon = rule.lastIndexOf(':');
    boolean withPort = colon > 0 && !NetUtil.isValidIpV6Address(rule) && !rule.contains("/");
    if (withPort && !rule.substring(colon + 1).equals(String.valueOf(origin.port()))) {
      return false;
    }
    String host = withPort ? rule.substring(0, colon) : rule;
    return network(host)
        .map(block -> addresses.stream().anyMatch(block::contains))
        .orElseGet(() -> coversName(host, origin.host()));
  }

  private static Optional<Network> network(String text) {
    boolean block = text.contains("/") || Resolver.literal(text).isPresent();
    try {
      return block ? Optional.of(Network.parse(text.replaceAll("[\\[\\]]", ""))) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean coversName(String rule, String host) {
    String suffix = rule.startsWith("*.") ? rule.substring(1) : rule;
    return suffix.startsWith(".")
        ? host.endsWith(suffix)
        : host.equals(suffix) || host.endsWith("." + suffix);
  }
}
