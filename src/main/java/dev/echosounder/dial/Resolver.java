package dev.echosounder.dial;

import dev.echosounder.bus.Phase;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.IpChoice;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * From the host of a URL to addresses. Names are asked of Vert.x's own resolver, whose order is
 * kept: it answers as soon as it has the addresses of the family it prefers (IPv4, unless the JVM
 * says {@code java.net.preferIPv6Addresses}), so that to prefer the other one here would choose by
 * which answer happened to be faster.
 */
public final class Resolver {

  private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
  private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  private final ContextInternal context;

  public Resolver(ContextInternal context) {
    this.context = context;
  }

  /**
   * All addresses known of a host, the one to dial first first; fails with {@link Reason#DNS}. An
   * address that the visit is pinned to is the one answer, without a question.
   *
   * @param host a name or an address literal, without brackets
   */
  public Future<List<InetAddress>> resolve(String host, IpChoice ip, Visit visit) {
    if (visit.pinned().isPresent()) {
      return Future.succeededFuture(List.of(visit.pinned().get()));
    }
    Optional<InetAddress> literal = literal(host);
    if (literal.isPresent()) {
      return Future.succeededFuture(List.of(literal.get()));
    }
    visit.findings().enter(Phase.RESOLVE);
    return isLocalhost(host) ? Future.succeededFuture(loopbacks(host)) : ask(host);
  }

  /** The address that a host is already, if it is one. */
  public static Optional<InetAddress> literal(String host) {
    return Optional.ofNullable(NetUtil.createByteArrayFromIpAddressString(host))
        .map(bytes -> address(host, bytes));
  }

  // RFC 6761 section 6.3. A hosts file often names only one of the two, and servers listen on
  // either.
  private static boolean isLocalhost(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.endsWith(".localhost");
  }

  private static List<InetAddress> loopbacks(String host) {
    return List.of(address(host, LOOPBACK_4), address(host, LOOPBACK_6));
  }

  private static InetAddress address(String host, byte[] bytes) {
    try {
      return InetAddress.getByAddress(host, bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address of " + bytes.length + " bytes", e);
    }
  }

  private Future<List<InetAddress>> ask(String host) {
    PromiseInternal<List<InetSocketAddress>> promise = context.promise();
    VertxInternal vertx = context.owner();
    vertx.nameResolver().resolveAll(context.nettyEventLoop(), host).addListener(promise);
    return promise
        .future()
        .map(found -> found.stream().map(InetSocketAddress::getAddress).toList())
        .recover(cause -> Future.failedFuture(new ProbeFailure(Reason.DNS, cause)));
  }
}
