package dev.echosounder.dial;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.Reason;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Opens TCP connections to addresses. It goes to Netty and not to Vert.x's NetClient because a
 * connection attempt of the latter cannot be taken back at the deadline, and because a probe needs
 * the bare channel: connect and TLS are timed apart, and no byte may pass before the handlers
 * stand.
 */
public final class Dialer {

  private final ContextInternal context;

  public Dialer(ContextInternal context) {
    this.context = context;
  }

  /**
   * Connects to the first of the permitted addresses. If that fails, the first one of the other
   * address family has a second try, so that a host is not down because only one family is served,
   * or routed. Fails with {@link Reason#BLOCKED} if no address is permitted, {@link
   * Reason#REFUSED}, {@link Reason#UNREACHABLE} or {@link Reason#RESET}.
   *
   * @return a channel that reads nothing until it is told to; closed when the deadline ends
   */
  public Future<Channel> dial(List<InetAddress> addresses, int port, Visit visit) {
    List<InetAddress> permitted = addresses.stream().filter(visit.dialable()::permits).toList();
    if (permitted.isEmpty()) {
      return Future.failedFuture(new ProbeFailure(Reason.BLOCKED));
    }
    InetAddress first = permitted.get(0);
    Optional<InetAddress> second =
        permitted.stream().filter(other -> other.getClass() != first.getClass()).findFirst();
    visit.findings().enter(Phase.CONNECT);
    return connect(first, port, visit)
        .recover(
            failure ->
                second
                    .map(address -> connect(address, port, visit))
                    .orElseGet(() -> Future.failedFuture(failure)));
  }

  private Future<Channel> connect(InetAddress address, int port, Visit visit) {
    if (visit.deadline().isOver()) {
      return Future.failedFuture(new ProbeFailure(Reason.TIMEOUT));
    }
    visit.findings().measure(Measure.IP_PROTOCOL, address instanceof Inet4Address ? 4 : 6);
    ChannelFuture connecting = bootstrap().connect(new InetSocketAddress(address, port));
    Channel channel = connecting.channel();
    visit.deadline().onEnd(() -> hangUp(channel));
    PromiseInternal<Void> promise = context.promise();
    connecting.addListener(promise);
    return promise
        .future()
        .map(channel)
        .recover(cause -> Future.failedFuture(new ProbeFailure(reason(cause), cause)));
  }

  /** Closes a channel, whatever state it is in; if that fails, it is closed already. */
  public static void hangUp(Channel channel) {
    channel.close().addListener(closed -> {});
  }

  private Bootstrap bootstrap() {
    return new Bootstrap()
        .group(context.nettyEventLoop())
        .channelFactory(context.owner().transport().channelFactory(false))
        .disableResolver()
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
        .handler(new PipelineEnd());
  }

  // The JDK has no types for an attempt that the kernel gives up (after 127 s by default on Linux),
  // nor for a peer that resets the connection before the client has noticed that it stands.
  private static Reason reason(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (message.startsWith("Connection timed out")) {
      return Reason.TIMEOUT;
    }
    if (message.startsWith("Connection reset")) {
      return Reason.RESET;
    }
    return cause instanceof ConnectException ? Reason.REFUSED : Reason.UNREACHABLE;
  }
}
