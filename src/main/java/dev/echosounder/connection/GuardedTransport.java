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

  private volatile Gate.Rules rules = Gate.Rules.NONE;

  private GuardedTransport() {}

  /** A builder of a Vert.x with this transport. */
  public static VertxBuilder builder() {
    return Vertx.builder()
        .withTransport(new TransportInternal("nio", true, null, new GuardedTransport()));
  }

  /** Puts rules in force for the servers to come of a Vert.x that was built with this transport. */
  static void enforce(Vertx vertx, Gate.Rules wanted) {
    if (!(((VertxInternal) vertx).transport() instanceof GuardedTransport guarded)) {
      throw new IllegalStateException("a Vert.x whose connections nothing counts");
    }
    guarded.rules = wanted;
  }

  @Override
  public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
    super.configure(options, domainSocket, bootstrap);
    bootstrap.handler(new Gate(rules, options.getPort()));
  }
}
