package dev.echosounder.access;

import dev.echosounder.settings.ServerTls;
import dev.echosounder.settings.ServerTls.ClientAuth;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.spi.tls.SslContextFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;

/**
 * Makes the context of one set of certificates. The one of Vert.x loses the order of cipher suites
 * and knows no curves; its default suites are the JDK's, which have CBC and no forward secrecy too.
 */
final class TlsContext implements SslContextFactory {

  private static final List<String> TLS_13 =
      List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256");

  /** With forward secrecy and AEAD (RFC 9325 section 4.2). */
  private static final List<String> TLS_12 =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /** A client that resumes a session does not show its certificate again; the JDK allows a day. */
  private static final Duration SESSION = Duration.ofMinutes(10);

  private List<String> protocols = List.of();
  private TlsMaterial material;

  @Override
  public SslContextFactory applicationProtocols(List<String> names) {
    protocols = List.copyOf(names);
    return this;
  }

  @Override
  public SslContextFactory keyMananagerFactory(KeyManagerFactory factory) {
    material = (TlsMaterial) factory;
    return this;
  }

  @Override
  public SslContext create() throws SSLException {
    SslContext context =
        SslContextBuilder.forServer(material)
            .sslProvider(SslProvider.JDK)
            .trustManager(material.clients())
            .clientAuth(clientAuth(material.tls().clients().auth()))
            .ciphers(suites(material.tls()))
            .sessionTimeout(SESSION.toSeconds())
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    Protocol.ALPN,
                    SelectorFailureBehavior.FATAL_ALERT,
                    SelectedListenerFailureBehavior.FATAL_ALERT,
                    protocols))
            .build();
    return new TlsParameters(context, material.tls());
  }

  private static io.netty.handler.ssl.ClientAuth clientAuth(ClientAuth auth) {
    if (auth == ClientAuth.NONE) {
      return io.netty.handler.ssl.ClientAuth.NONE;
    }
    return auth.required()
        ? io.netty.handler.ssl.ClientAuth.REQUIRE
        : io.netty.handler.ssl.ClientAuth.OPTIONAL;
  }

  private static List<String> suites(ServerTls tls) {
    Set<String> suites = new LinkedHashSet<>(tls.cipherSuites());
    suites.addAll(TLS_13);
    if (tls.cipherSuites().isEmpty()) {
      suites.addAll(TLS_12);
    }
    return new ArrayList<>(suites);
  }
}
