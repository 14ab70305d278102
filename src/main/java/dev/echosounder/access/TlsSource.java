package dev.echosounder.access;

import dev.echosounder.settings.ServerTls;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;

/**
 * Hands all of how TLS is done to Vert.x. By the equality of this, and by nothing else of the
 * options of TLS, Vert.x knows whether it has made a context of them before.
 */
record TlsSource(ServerTls tls) implements KeyCertOptions {

  @Override
  public KeyCertOptions copy() {
    return this;
  }

  /** Takes milliseconds; called on a worker. */
  @Override
  public KeyManagerFactory getKeyManagerFactory(Vertx vertx) throws Exception {
    return TlsMaterial.of(tls);
  }

  @Override
  public Function<String, KeyManagerFactory> keyManagerFactoryMapper(Vertx vertx) {
    return serverName -> null;
  }
}
