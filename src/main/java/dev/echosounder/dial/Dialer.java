package dev.echosounder.dial;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.Reason;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Opens connections to addresses. It goes to Netty and not to Vert.x's NetClient because a
 * connection attempt of the latter cannot be taken back at the deadline, and because a probe needs
 * the bare channel: connect and TLS are timed apart, and no byte may pass before the handlers
 * stand.
 */
public final class Dialer {

  // Netty's own take up to 1 MiB of one connection before another has its turn.
  private static final int MOST_AT_ONCE = 16 * 1024;
  private static final int READS_IN_A_ROW = 4;

  private final ContextInternal context;

  /** One that dials on the event loop of a context. */
  public Dialer(ContextInternal context) {
    this.context = context;
  }

  /**
   * Connects to the first of the permitted addresses over TCP. If that fails, and the module allows
   * it, the first one of the other address family has a second try, so that a host is not down
   * because only one family is served, or routed. Fails with {@link Reason#BLOCKED} if no address
   * is permitted, {@link Reason#REFUSED}, {@link Reason#UNREACHABLE} or {@link Reason#RESET}.
   *
   * @param host whose addresses they are, as asked for
   * @param source the local address to dial from; one that cannot be had is {@link
   *     Reason#UNREACHABLE}
   * @return a channel that reads nothing until it is told to; closed when the deadline ends
   */
  public Future<Channel> dial(
      String host,
      List<InetAddress> addresses,
      int port,
      Optional<InetAddress> source,
      Visit visit) {
    return dial(
        context.owner().transport().channelFactory(false), host, addresses, port, source, visit);
  }

  /**
   * The same over UDP. Nothing is sent yet: a peer that refuses shows when the channel is read or
   * written, as an exception that {@link ConnectionFailure} understands.
   *
   * @return a connected channel of datagrams that reads nothing until it is told to; closed when
   *     the deadline ends
   */
  public Future<Channel> dialDatagram(
      String host,
      List<InetAddress> addresses,
      int port,
      Optional<InetAddress> source,
      Visit visit) {
    return dial(
        () -> context.owner().transport().datagramChannel(), host, addresses, port, source, visit);
  }

  private Future<Channel> dial(
      ChannelFactory<? extends Channel> channels,
      String host,
      List<InetAddress> addresses,
      int port,
      Optional<InetAddress> source,
      Visit visit) {
    List<InetAddress> permitted =
        addresses.stream().filter(address -> visit.dialable().permits(host, address)).toList();
    if (permitted.isEmpty()) {
      return Future.failedFuture(
          new ProbeFailure(Reason.BLOCKED, "may not be dialled: " + AddressTexts.of(addresses)));
    }
    InetAddress first = permitted.get(0);
    Optional<InetAddress> second =
        permitted.stream()
            .filter(other -> other.getClass() != first.getClass())
            .filter(other -> visit.target().module().options().ip().fallback())
            .findFirst();
    visit.findings().enter(Phase.CONNECT);
    return connect(channels, first, port, source, visit)
        .recover(
            failure ->
                second
                    .map(address -> connect(channels, address, port, source, visit))
                    .orElseGet(() -> Future.failedFuture(failure)));
  }

  private Future<Channel> connect(
      ChannelFactory<? extends Channel> channels,
      InetAddress address,
      int port,
      Optional<InetAddress> source,
      Visit visit) {
    if (visit.deadline().isOver()) {
      return Future.failedFuture(new ProbeFailure(Reason.TIMEOUT));
    }
    InetSocketAddress remote = new InetSocketAddress(address, port);
    visit.findings().measure(Measure.IP_PROTOCOL, address instanceof Inet4Address ? 4 : 6);
    visit.findings().measure(Measure.IP_ADDR_HASH, hash(address));
    visit.findings().note(() -> "connecting to " + NetUtil.toSocketAddressString(remote));
    ChannelFuture connecting =
        source
            .map(local -> bootstrap(channels).connect(remote, new InetSocketAddress(local, 0)))
            .orElseGet(() -> bootstrap(channels).connect(remote));
    Channel channel = connecting.channel();
    visit.deadline().onEnd(() -> hangUp(channel));
    PromiseInternal<Void> promise = context.promise();
    connecting.addListener(promise);
    return promise
        .future()
        .onSuccess(connected -> visit.findings().note(() -> "connected from " + local(channel)))
        .map(channel)
        .recover(cause -> Future.failedFuture(failure(cause, source)))
        .onFailure(
            failure -> visit.findings().note(() -> "not connected: " + failure.getMessage()));
  }

  /** Closes a channel, whatever state it is in; if that fails, it is closed already. */
  public static void hangUp(Channel channel) {
    channel.close().addListener(closed -> {});
  }

  private Bootstrap bootstrap(ChannelFactory<? extends Channel> channels) {
    return new Bootstrap()
        .group(context.nettyEventLoop())
        .channelFactory(channels)
        .disableResolver()
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
        .option(
            ChannelOption.RECVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(64, 2048, MOST_AT_ONCE)
                .maxMessagesPerRead(READS_IN_A_ROW))
        .handler(new PipelineEnd());
  }

  private static ProbeFailure failure(Throwable cause, Optional<InetAddress> source) {
    ProbeFailure failure = ConnectionFailure.of(cause);
    return source
        .filter(from -> failure.reason() == Reason.UNREACHABLE)
        .map(NetUtil::toAddressString)
        .map(from -> "unreachable from " + from + " (" + cause.getMessage() + ")")
        .map(explanation -> new ProbeFailure(Reason.UNREACHABLE, explanation))
        .orElse(failure);
  }

  // FNV-1a, 32 bits, over the 4 or 16 octets of the address.
  private static double hash(InetAddress address) {
    int hash = 0x811c9dc5;
    for (byte octet : address.getAddress()) {
      hash = (hash ^ Byte.toUnsignedInt(octet)) * 0x01000193;
    }
    return (double) Integer.toUnsignedLong(hash);
  }

  private static String local(Channel channel) {
    return channel.localAddress() instanceof InetSocketAddress address
        ? NetUtil.toSocketAddressString(address)
        : String.valueOf(channel.localAddress());
  }
}
