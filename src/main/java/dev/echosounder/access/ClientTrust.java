package dev.echosounder.access;

import dev.echosounder.settings.ServerTls.Clients;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Decides on the certificates of clients. Where they need not be of an authority any is taken, as
 * long as the client has its key, which TLS itself makes sure of.
 */
final class ClientTrust extends X509ExtendedTrustManager {

  private final Optional<X509ExtendedTrustManager> authorities;
  private final AllowedNames allowed;

  private ClientTrust(Optional<X509ExtendedTrustManager> authorities, AllowedNames allowed) {
    this.authorities = authorities;
    this.allowed = allowed;
  }

  static ClientTrust of(Clients clients) throws GeneralSecurityException {
    AllowedNames allowed = new AllowedNames(clients.allowedNames());
    return new ClientTrust(
        clients.auth().verified() ? Optional.of(verifier(clients)) : Optional.empty(), allowed);
  }

  private static X509ExtendedTrustManager verifier(Clients clients)
      throws GeneralSecurityException {
    KeyStore store = TlsMaterial.emptyStore();
    for (X509Certificate authority : clients.authorities()) {
      store.setCertificateEntry(String.valueOf(store.size()), authority);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return Stream.of(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    if (authorities.isPresent()) {
      authorities.get().checkClientTrusted(chain, authType, engine);
    }
    allowed.check(chain[0]);
  }

  /** What clients may choose their certificate by; any is fine where none is named. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities
        .map(X509ExtendedTrustManager::getAcceptedIssuers)
        .orElseGet(() -> new X509Certificate[0]);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw serversOnly();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw serversOnly();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw serversOnly();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw serversOnly();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw serversOnly();
  }

  private static CertificateException serversOnly() {
    return new CertificateException("only clients of an engine are judged");
  }
}
