package dev.echosounder.http;

import io.netty.bootstrap.ServerBootstrap;
import io.vertx.core.Vertx;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.impl.transports.TransportInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.transport.Transport;
import java.util.Optional;

/** Java's own sockets, with a {@link Gate} before every server. */
public final class GuardedTransport extends NioTransport {

  private final Gate gate = new Gate();

  private GuardedTransport() {}

  /** One for a Vert.x that is to be built. */
  public static Transport create() {
    return new TransportInternal("nio", true, null, new GuardedTransport());
  }

  /** The gate of a Vert.x, if it has one. */
  static Optional<Gate> gateOf(Vertx vertx) {
    return ((VertxInternal) vertx).transport() instanceof GuardedTransport guarded
        ? Optional.of(guarded.gate)
        : Optional.empty();
  }

  @Override
  public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
    super.configure(options, domainSocket, bootstrap);
    bootstrap.handler(gate);
  }
}
