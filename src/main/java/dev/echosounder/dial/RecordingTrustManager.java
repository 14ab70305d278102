package dev.echosounder.dial;

import dev.echosounder.bus.Reason;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Leaves the decision on a server's certificate to authorities, or accepts all of them where there
 * are none; and tells what was presented, and why it was refused. For one handshake of a client's
 * {@link SSLEngine}.
 */
final class RecordingTrustManager extends X509ExtendedTrustManager {

  private final Optional<Authorities> authorities;
  private final CertificateFacts facts;
  private Optional<SSLSession> session = Optional.empty();
  private Optional<Reason> verdict = Optional.empty();

  RecordingTrustManager(Optional<Authorities> authorities, CertificateFacts facts) {
    this.authorities = authorities;
    this.facts = facts;
  }

  /** Why the certificate was refused, if it was. */
  Optional<Reason> verdict() {
    return verdict;
  }

  /** What had been negotiated when the certificate came, if it did. */
  Optional<SSLSession> session() {
    return session;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    List<X509Certificate> presented = List.of(chain);
    session = Optional.ofNullable(engine.getHandshakeSession());
    facts.presented(presented);
    if (authorities.isPresent()) {
      check(authorities.get(), chain, authType, engine);
      facts.verified(authorities.get().chain(presented));
    }
  }

  private void check(
      Authorities believed, X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    X509ExtendedTrustManager decider = believed.decider();
    try {
      decider.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException refusal) {
      verdict = Optional.of(reason(refusal, decider, chain, authType, engine));
      throw refusal;
    }
  }

  private static Reason reason(
      CertificateException refusal,
      X509ExtendedTrustManager decider,
      X509Certificate[] chain,
      String authType,
      SSLEngine engine) {
    if (saysNotValidNow(refusal)) {
      return Reason.TLS_EXPIRED;
    }
    return isTrustedForAnyName(decider, chain, authType, engine) ? Reason.TLS_HOSTNAME : Reason.TLS;
  }

  private static boolean saysNotValidNow(Throwable refusal) {
    return Stream.iterate(refusal, cause -> cause != null, Throwable::getCause)
        .anyMatch(
            cause ->
                cause instanceof CertificateExpiredException
                    || cause instanceof CertificateNotYetValidException);
  }

  // The handshake fails anyway; asking again without the host name tells whether that was all.
  private static boolean isTrustedForAnyName(
      X509ExtendedTrustManager decider,
      X509Certificate[] chain,
      String authType,
      SSLEngine engine) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("");
    engine.setSSLParameters(parameters);
    try {
      decider.checkServerTrusted(chain, authType, engine);
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
    throw new UnsupportedOperationException("only for an SSLEngine");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) {
    throw new UnsupportedOperationException("only for an SSLEngine");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
    throw new UnsupportedOperationException("only for a client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
    throw new UnsupportedOperationException("only for a client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) {
    throw new UnsupportedOperationException("only for a client");
  }
}
