package dev.echosounder.access;

import dev.echosounder.settings.ServerTls;
import dev.echosounder.settings.TlsOptions.Version;
import dev.echosounder.settings.Web;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** TLS of a server, in the terms of Vert.x. */
public final class SecureTransport {

  private SecureTransport() {}

  /**
   * Has a server speak TLS, where the web configuration says so; it stays as it is elsewhere.
   *
   * @param handshakeTimeout after which a connection whose handshake is not done is closed
   */
  public static void apply(HttpServerOptions options, Web web, Duration handshakeTimeout) {
    web.tls()
        .ifPresent(
            tls ->
                options
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setAlpnVersions(
                        web.http2()
                            ? List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1)
                            : List.of(HttpVersion.HTTP_1_1))
                    .setSslEngineOptions(new TlsEngine())
                    .setKeyCertOptions(new TlsSource(tls))
                    .setEnabledSecureTransportProtocols(versions(tls))
                    .setSslHandshakeTimeout(handshakeTimeout.toMillis())
                    .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS));
  }

  /** What a server that speaks TLS is to be updated with; connections that are open stay so. */
  public static ServerSSLOptions update(ServerTls tls) {
    return new ServerSSLOptions()
        .setUseAlpn(true)
        .setKeyCertOptions(new TlsSource(tls))
        .setEnabledSecureTransportProtocols(versions(tls));
  }

  private static Set<String> versions(ServerTls tls) {
    return EnumSet.range(tls.lowest(), tls.highest()).stream()
        .map(Version::jdkName)
        .collect(Collectors.toSet());
  }
}
