package dev.echosounder.http;

import dev.echosounder.access.SecureTransport;
import dev.echosounder.settings.ServerTls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes how servers do TLS, one change after the other. Servers of several event loops that share
 * a port share it as well, so that one of them is enough; and Vert.x recurses without end where two
 * changes of one port meet. Used on one event loop only.
 */
final class TlsUpdates {

  private static final Logger LOG = LoggerFactory.getLogger(TlsUpdates.class);

  private final Vertx vertx;
  private final List<HttpServer> servers;
  private ServerTls wanted;
  private ServerTls inForce;
  private boolean underWay;

  /**
   * @param servers that speak TLS and listen, one for each port
   * @param inForce how they do it
   */
  TlsUpdates(Vertx vertx, List<HttpServer> servers, ServerTls inForce) {
    this.vertx = vertx;
    this.servers = List.copyOf(servers);
    this.wanted = inForce;
    this.inForce = inForce;
  }

  /** Puts this in force, for connections to come, unless another is wanted before its turn. */
  void update(ServerTls tls) {
    wanted = tls;
    if (!underWay) {
      next();
    }
  }

  private void next() {
    if (wanted.equals(inForce)) {
      return;
    }
    underWay = true;
    inForce = wanted;
    Future.join(servers.stream().map(this::update).toList())
        .onComplete(
            end ->
                // Not before Vert.x itself has learned that this one is over.
                vertx.runOnContext(
                    later -> {
                      underWay = false;
                      next();
                    }));
  }

  private Future<?> update(HttpServer server) {
    return server
        .updateSSLOptions(SecureTransport.update(inForce))
        .onFailure(cause -> LOG.error("TLS could not be changed", cause));
  }
}
