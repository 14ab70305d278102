package dev.echosounder.dial;

import dev.echosounder.bus.Reason;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Leaves the decision on a server's certificate to another trust manager, and remembers what was
 * presented and why it was refused. For one handshake of a client's {@link SSLEngine}.
 */
final class RecordingTrustManager extends X509ExtendedTrustManager {

  private final X509ExtendedTrustManager decider;
  private X509Certificate[] presented = {};
  private Optional<Reason> verdict = Optional.empty();

  RecordingTrustManager(X509ExtendedTrustManager decider) {
    this.decider = decider;
  }

  /** Why the certificate was refused, if it was. */
  Optional<Reason> verdict() {
    return verdict;
  }

  /**
   * When the first certificate of the chain expires, in seconds since the epoch, trusted or not.
   */
  OptionalDouble earliestExpiry() {
    return Arrays.stream(presented)
        .mapToDouble(certificate -> certificate.getNotAfter().toInstant().toEpochMilli() / 1e3)
        .min();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    presented = chain.clone();
    try {
      decider.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException refusal) {
      verdict = Optional.of(reason(refusal, chain, authType, engine));
      throw refusal;
    }
  }

  private Reason reason(
      CertificateException refusal, X509Certificate[] chain, String authType, SSLEngine engine) {
    if (saysNotValidNow(refusal)) {
      return Reason.TLS_EXPIRED;
    }
    return isTrustedForAnyName(chain, authType, engine) ? Reason.TLS_HOSTNAME : Reason.TLS;
  }

  private static boolean saysNotValidNow(Throwable refusal) {
    return Stream.iterate(refusal, cause -> cause != null, Throwable::getCause)
        .anyMatch(
            cause ->
                cause instanceof CertificateExpiredException
                    || cause instanceof CertificateNotYetValidException);
  }

  // The handshake fails anyway; asking again without the host name tells whether that was all.
  private boolean isTrustedForAnyName(X509Certificate[] chain, String authType, SSLEngine engine) {
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
    return decider.getAcceptedIssuers();
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
