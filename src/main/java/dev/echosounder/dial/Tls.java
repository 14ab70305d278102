package dev.echosounder.dial;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.TlsOptions;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS on a connection of a probe: full handshakes only, and a verdict on the certificate. */
public final class Tls {

  private final ContextInternal context;
  private final X509ExtendedTrustManager trust;

  public Tls(ContextInternal context, X509ExtendedTrustManager trust) {
    this.context = context;
    this.trust = trust;
  }

  /**
   * Shakes hands. Fails with {@link Reason#TLS}, {@link Reason#TLS_EXPIRED}, {@link
   * Reason#TLS_HOSTNAME}, or {@link Reason#RESET} if the peer just left.
   *
   * @param host a name or an address literal, without brackets
   * @param protocols offered by ALPN (RFC 7301), the preferred one first
   */
  public Future<Channel> handshake(
      Channel channel,
      String host,
      int port,
      TlsOptions options,
      List<String> protocols,
      Visit visit) {
    Findings findings = visit.findings();
    findings.enter(Phase.TLS);
    RecordingTrustManager recorder = new RecordingTrustManager(trust);
    SslHandler handler = new SslHandler(engine(recorder, host, port, protocols));
    handler.setHandshakeTimeoutMillis(0);
    PromiseInternal<Channel> promise = context.promise();
    handler.handshakeFuture().addListener(promise);
    PipelineEnd.addBefore(channel.pipeline(), handler);
    return promise
        .future()
        .onComplete(
            end ->
                recorder
                    .earliestExpiry()
                    .ifPresent(at -> findings.measure(Measure.SSL_EARLIEST_CERT_EXPIRY, at)))
        .recover(
            cause ->
                Future.failedFuture(new ProbeFailure(reason(recorder, channel, cause), cause)));
  }

  // A context of its own gives each probe a session cache of its own: nothing can be resumed. With
  // its engine it costs 20 microseconds, a full handshake a hundred times that.
  private static SSLEngine engine(
      TrustManager trust, String host, int port, List<String> protocols) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      SSLEngine engine = context.createSSLEngine(host, port);
      engine.setUseClientMode(true);
      engine.setSSLParameters(parameters(engine, host, protocols));
      return engine;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no TLS", e);
    }
  }

  private static SSLParameters parameters(SSLEngine engine, String host, List<String> protocols) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setApplicationProtocols(protocols.toArray(String[]::new));
    if (Resolver.literal(host).isEmpty()) {
      parameters.setServerNames(serverNames(host));
    }
    return parameters;
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
