package dev.echosounder.dial;

import dev.echosounder.bus.Info;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.TlsOptions;
import dev.echosounder.settings.TlsOptions.Version;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS on a connection of a probe: full handshakes only, and a verdict on the certificate. */
public final class Tls {

  private final ContextInternal context;
  private final TlsMaterial material;

  /**
   * @param trust decides where options name no authorities
   */
  public Tls(ContextInternal context, X509ExtendedTrustManager trust) {
    this.context = context;
    this.material = new TlsMaterial(context, trust);
  }

  /**
   * Shakes hands. What is found of the connection and its certificates goes into the findings, also
   * where the handshake fails. It fails with {@link Reason#TLS}, {@link Reason#TLS_EXPIRED}, {@link
   * Reason#TLS_HOSTNAME}, or {@link Reason#RESET} if the peer just left. A server of TLS 1.3 that
   * misses a certificate of the client says so after that, when the channel is read.
   *
   * @param host a name or an address literal, without brackets; the options may name another one
   * @param protocols offered by ALPN (RFC 7301), the preferred one first
   */
  public Future<Channel> handshake(
      Channel channel,
      String host,
      int port,
      TlsOptions options,
      List<String> protocols,
      Visit visit) {
    visit.findings().enter(Phase.TLS);
    String name = options.serverName().orElse(host);
    visit.findings().note(() -> "TLS handshake, as " + name);
    return Future.all(material.authorities(options), material.keys(options))
        .compose(
            ready -> {
              Optional<Authorities> judges =
                  options.insecureSkipVerify() ? Optional.empty() : Optional.of(ready.resultAt(0));
              RecordingTrustManager recorder =
                  new RecordingTrustManager(judges, new CertificateFacts(visit.findings()));
              SSLEngine engine = engine(recorder, ready.resultAt(1), name, port);
              engine.setSSLParameters(parameters(engine, name, options, protocols));
              return handshake(channel, new SslHandler(engine), recorder, visit.findings());
            });
  }

  private Future<Channel> handshake(
      Channel channel, SslHandler handler, RecordingTrustManager recorder, Findings findings) {
    handler.setHandshakeTimeoutMillis(0);
    PromiseInternal<Channel> promise = context.promise();
    handler.handshakeFuture().addListener(promise);
    PipelineEnd.addBefore(channel.pipeline(), handler);
    return promise
        .future()
        .onComplete(end -> recorder.session().ifPresent(session -> tell(session, findings)))
        .onSuccess(done -> findings.note(() -> "TLS is up, ALPN: " + handler.applicationProtocol()))
        .recover(
            cause ->
                Future.failedFuture(new ProbeFailure(reason(recorder, channel, cause), cause)));
  }

  private static void tell(SSLSession session, Findings findings) {
    String version = session.getProtocol().replace("TLSv", "TLS ");
    String cipher = session.getCipherSuite();
    findings.info(Info.TLS_VERSION, Map.of("version", version));
    findings.info(Info.TLS_CIPHER, Map.of("cipher", cipher));
    findings.note(() -> version + ", " + cipher);
  }

  // A context of its own gives each probe a session cache of its own: nothing can be resumed. With
  // its engine it costs 20 microseconds, a full handshake a hundred times that.
  private static SSLEngine engine(
      TrustManager trust, Optional<KeyManager[]> keys, String host, int port) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.orElse(null), new TrustManager[] {trust}, null);
      SSLEngine engine = context.createSSLEngine(host, port);
      engine.setUseClientMode(true);
      return engine;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no TLS", e);
    }
  }

  private static SSLParameters parameters(
      SSLEngine engine, String host, TlsOptions options, List<String> protocols) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setApplicationProtocols(protocols.toArray(String[]::new));
    parameters.setProtocols(versions(options));
    if (Resolver.literal(host).isEmpty()) {
      parameters.setServerNames(serverNames(host));
    }
    return parameters;
  }

  private static String[] versions(TlsOptions options) {
    Version lowest = options.lowest().orElse(Version.TLS12);
    Version highest = options.highest().orElse(Version.TLS13);
    return EnumSet.range(lowest, highest).stream().map(Version::jdkName).toArray(String[]::new);
  }

  // RFC 6066 section 3: no literals, and no trailing dot. The JDK refuses a name with an underscore
  // here, as it later refuses every certificate for one.
  private static List<SNIServerName> serverNames(String host) {
    try {
      return List.of(new SNIHostName(host.replaceFirst("\\.$", "")));
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  // Netty reports a peer that leaves in mid-handshake as a failed handshake too, but after the
  // channel went down; one that fails for its own reasons is reported before the channel is closed.
  private static Reason reason(RecordingTrustManager recorder, Channel channel, Throwable cause) {
    boolean left = !channel.isActive() || !(cause instanceof SSLException);
    return recorder.verdict().orElse(left ? Reason.RESET : Reason.TLS);
  }
}
