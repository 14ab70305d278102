package dev.echosounder.connection;

import io.netty.bootstrap.ServerBootstrap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.impl.transports.TransportInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetServerOptions;

/** Java's own sockets, with a {@link Gate} before every server. */
public final class GuardedTransport extends NioTransport {

  private final Gate gate = new Gate();

  private GuardedTransport() {}

  /** A builder of a Vert.x with this transport. */
  public static VertxBuilder builder() {
    return Vertx.builder()
        .withTransport(new TransportInternal("nio", true, null, new GuardedTransport()));
  }

  /** The gate of a Vert.x that was built with this transport, which servers need. */
  static Gate gateOf(Vertx vertx) {
    if (((VertxInternal) vertx).transport() instanceof GuardedTransport guarded) {
      return guarded.gate;
    }
    throw new IllegalStateException("a Vert.x whose connections nothing counts");
  }

  @Override
  public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
    super.configure(options, domainSocket, bootstrap);
    bootstrap.handler(gate);
  }
}
