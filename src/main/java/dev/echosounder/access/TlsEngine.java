package dev.echosounder.access;

import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;

/** Has Vert.x make its contexts of TLS by {@link TlsContext}. */
final class TlsEngine extends SSLEngineOptions {

  @Override
  public SSLEngineOptions copy() {
    return this;
  }

  @Override
  public SslContextFactory sslContextFactory() {
    return new TlsContext();
  }
}
