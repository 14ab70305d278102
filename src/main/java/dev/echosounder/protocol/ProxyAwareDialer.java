package dev.echosounder.protocol;

import dev.echosounder.bus.Reason;
import dev.echosounder.dial.Dialer;
import dev.echosounder.dial.ProbeFailure;
import dev.echosounder.dial.Resolver;
import dev.echosounder.dial.Stages;
import dev.echosounder.dial.Visit;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.TargetUrl;
import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Connects to a server, by a proxy where one is configured for it. What is dialled is checked like
 * any other address, and so is the server's own, unless its name is left to the proxy.
 */
final class ProxyAwareDialer {

  private static final int DEFAULT_PORT = 80;

  private final Stages stages;

  ProxyAwareDialer(Stages stages) {
    this.stages = stages;
  }

  /**
   * A connection over which the server can be spoken to, TLS still to be done.
   *
   * @param channel reads nothing until it is told to
   * @param forwarder the proxy that is to be asked in absolute form, if one is
   */
  record Reached(Channel channel, Optional<TargetUrl> forwarder) {}

  /** Resolves, and dials; fails with the reasons of these stages and of {@link Tunnel}. */
  Future<Reached> reach(Origin origin, HttpOptions.Client client, Visit visit) {
    Optional<TargetUrl> proxy =
        origin.secure() ? client.proxy().forHttps() : client.proxy().forHttp();
    NoProxy none = new NoProxy(client.proxy().none());
    if (proxy.isPresent() && client.resolveByProxy()) {
      List<InetAddress> literal = Resolver.literal(origin.host()).map(List::of).orElse(List.of());
      if (!none.covers(origin, literal)) {
        return over(proxy.get(), origin, literal, client, visit);
      }
    }
    return stages
        .resolver()
        .resolve(origin.host(), client.ip(), visit)
        .compose(
            addresses ->
                proxy
                    .filter(configured -> !none.covers(origin, addresses))
                    .map(configured -> over(configured, origin, addresses, client, visit))
                    .orElseGet(() -> directly(origin, addresses, visit)));
  }

  private Future<Reached> directly(Origin origin, List<InetAddress> addresses, Visit visit) {
    return stages
        .dialer()
        .dial(origin.host(), addresses, origin.port(), Optional.empty(), visit)
        .map(channel -> new Reached(channel, Optional.empty()));
  }

  private Future<Reached> over(
      TargetUrl proxy,
      Origin origin,
      List<InetAddress> addresses,
      HttpOptions.Client client,
      Visit visit) {
    List<InetAddress> permitted =
        addresses.stream()
            .filter(address -> visit.dialable().permits(origin.host(), address))
            .toList();
    boolean blocked = !addresses.isEmpty() && permitted.isEmpty();
    if (blocked || visit.dialable().deniesName(origin.host())) {
      return Future.failedFuture(
          new ProbeFailure(Reason.BLOCKED, "the target's address may not be dialled"));
    }
    String checked = addresses.isEmpty() ? ", whose address alone is checked" : "";
    visit.findings().note(() -> "by the proxy " + proxy.shown() + checked);
    Visit toProxy = visit.unpinned();
    return stages
        .resolver()
        .resolve(proxy.hostName(), client.ip(), toProxy)
        .compose(
            found ->
                stages
                    .dialer()
                    .dial(
                        proxy.hostName(),
                        found,
                        proxy.port().orElse(DEFAULT_PORT),
                        Optional.empty(),
                        toProxy))
        .compose(
            channel ->
                origin.secure()
                    ? tunnel(channel, proxy, authority(origin, permitted), client)
                    : Future.succeededFuture(new Reached(channel, Optional.of(proxy))));
  }

  private static Future<Reached> tunnel(
      Channel channel, TargetUrl proxy, String authority, HttpOptions.Client client) {
    return Tunnel.open(channel, authority, proxy, client.proxy())
        .map(open -> new Reached(channel, Optional.empty()))
        .onFailure(failure -> Dialer.hangUp(channel));
  }

  // The address that was checked, and not the name, which the proxy could resolve to another one.
  private static String authority(Origin origin, List<InetAddress> permitted) {
    String host = permitted.isEmpty() ? origin.host() : NetUtil.toAddressString(permitted.get(0));
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + origin.port();
  }
}
