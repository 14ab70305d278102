package dev.echosounder.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.transport.Transport;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The connections of all servers of one Vert.x, from the moment they are accepted: Vert.x tells of
 * one only after its handshake, or even later, see {@link Opening}. May be used by any thread.
 */
public final class OpenConnections {

  private final AtomicInteger open = new AtomicInteger();
  private volatile Limits limits = new Limits(Integer.MAX_VALUE, Long.MAX_VALUE, pipeline -> {});

  /**
   * What holds for connections to come.
   *
   * @param most how many there may be; more are closed as soon as they are accepted
   * @param openingNanos how long one may take to become one of HTTP
   * @param isHttp1 see {@link Opening}
   */
  record Limits(int most, long openingNanos, Consumer<ChannelPipeline> isHttp1) {}

  private OpenConnections() {}

  /** Has the connections of the Vert.x that is being built counted, which its servers need. */
  public static VertxBuilder counting(VertxBuilder builder) {
    return builder.withTransport(new Accepting(new OpenConnections().new AcceptingTransport()));
  }

  /** Those of a Vert.x that was built to have them counted. */
  static OpenConnections of(Vertx vertx) {
    if (((VertxInternal) vertx).transport() instanceof AcceptingTransport transport) {
      return transport.connections();
    }
    throw new IllegalStateException("a Vert.x that does not count its connections");
  }

  /** Puts limits in force. */
  void limit(Limits wanted) {
    limits = wanted;
  }

  /** How many are open. */
  int count() {
    return open.get();
  }

  /** Takes a channel in that is not registered yet; false if it is one too many. */
  private boolean accept(Channel channel) {
    Limits now = limits;
    if (open.get() >= now.most()) {
      return false;
    }
    open.incrementAndGet();
    channel.closeFuture().addListener(closed -> open.decrementAndGet());
    channel.pipeline().addFirst(new Opening(now.openingNanos(), now.isHttp1()));
    return true;
  }

  private record Accepting(AcceptingTransport implementation) implements Transport {

    @Override
    public String name() {
      return "nio";
    }

    @Override
    public boolean available() {
      return true;
    }

    @Override
    public Throwable unavailabilityCause() {
      return null;
    }
  }

  private final class AcceptingTransport extends NioTransport {

    OpenConnections connections() {
      return OpenConnections.this;
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
      return domainSocket ? super.serverChannelFactory(true) : AcceptingChannel::new;
    }
  }

  private final class AcceptingChannel extends NioServerSocketChannel {

    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
      int before = accepted.size();
      int result = super.doReadMessages(accepted);
      for (int i = accepted.size() - 1; i >= before; i--) {
        Channel channel = (Channel) accepted.get(i);
        if (!accept(channel)) {
          accepted.remove(i);
          channel.unsafe().closeForcibly();
        }
      }
      return result;
    }
  }
}
