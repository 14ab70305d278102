package dev.echosounder.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A client that believes one authority; each request is a handshake of its own. */
public final class HttpsClient {

  private final Authority authority;
  private final Optional<Identity> identity;

  private HttpsClient(Authority authority, Optional<Identity> identity) {
    this.authority = authority;
    this.identity = identity;
  }

  /** One without a certificate. */
  public static HttpsClient of(Authority authority) {
    return new HttpsClient(authority, Optional.empty());
  }

  /** The same with a certificate. */
  public HttpsClient as(Identity own) {
    return new HttpsClient(authority, Optional.of(own));
  }

  /** Asks for a path, by HTTP/2 where the server offers it. */
  public HttpResponse<String> get(int port, String path) throws Exception {
    return send(request(port, path).build(), context().getDefaultSSLParameters());
  }

  /** Asks, as far as the parameters allow. */
  public HttpResponse<String> send(HttpRequest request, SSLParameters parameters) throws Exception {
    HttpClient client =
        HttpClient.newBuilder().sslContext(context()).sslParameters(parameters).build();
    return client.send(request, BodyHandlers.ofString());
  }

  /** A request that is not sent yet. */
  public static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(20));
  }

  /** The certificate that the server shows now. */
  public X509Certificate shown(int port) throws Exception {
    return shown(port, context().getDefaultSSLParameters());
  }

  /** The same, as far as the parameters allow; all of them, unlike those of a request. */
  public X509Certificate shown(int port, SSLParameters parameters) throws Exception {
    try (SSLSocket socket =
        (SSLSocket) context().getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  /** A connection on which the handshake is done, for one protocol (RFC 7301). */
  public SSLSocket connect(int port, String protocol) throws Exception {
    SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket("127.0.0.1", port);
    SSLParameters parameters = context().getDefaultSSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    socket.setSoTimeout(20_000);
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private SSLContext context() throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(authority.trusted());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys(), trust.getTrustManagers(), new SecureRandom());
    return context;
  }

  private KeyManager[] keys() throws Exception {
    if (identity.isEmpty()) {
      return new KeyManager[0];
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    char[] password = Identity.PASSWORD.toCharArray();
    store.load(new java.io.ByteArrayInputStream(identity.get().pkcs12()), password);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    return keys.getKeyManagers();
  }
}
