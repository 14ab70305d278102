package dev.echosounder.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A server that shakes hands with one client after the other, remembers what each of them showed,
 * and answers a request over HTTP with 200.
 */
public final class TlsListener implements AutoCloseable {

  /**
   * What a client showed.
   *
   * @param serverName the name it asked for (RFC 6066 section 3)
   * @param subject that of its certificate
   */
  public record Client(Optional<String> serverName, Optional<String> subject, String version) {}

  private final SSLServerSocket socket;
  private final List<Client> clients = new CopyOnWriteArrayList<>();

  private TlsListener(SSLContext context, SSLParameters parameters) throws IOException {
    socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    socket.setSSLParameters(parameters);
    Thread thread = new Thread(this::serve, "tls-listener");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Starts one.
   *
   * @param believed whose clients may come; of anyone, with no certificate, where it is empty
   * @param versions spoken
   */
  public static TlsListener start(
      Identity identity, Optional<Authority> believed, String... versions) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(identity.pkcs12()), Identity.PASSWORD.toCharArray());
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, Identity.PASSWORD.toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(believed.orElseGet(TlsListener::nobody).trusted());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    SSLParameters parameters = context.getDefaultSSLParameters();
    parameters.setNeedClientAuth(believed.isPresent());
    if (versions.length > 0) {
      parameters.setProtocols(versions);
    }
    return new TlsListener(context, parameters);
  }

  private static Authority nobody() {
    try {
      return new Authority();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The clients whose handshake was completed, so far. */
  public List<Client> clients() {
    return List.copyOf(clients);
  }

  /** A URL on this server. */
  public String url(String host) {
    return "https://" + host + ":" + socket.getLocalPort() + "/";
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (SSLSocket client = (SSLSocket) socket.accept()) {
        client.setSoTimeout(10_000);
        client.startHandshake();
        clients.add(client((ExtendedSSLSession) client.getSession()));
        if (client.getInputStream().read() >= 0) {
          client
              .getOutputStream()
              .write(
                  "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                      .getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException refusedOrClosed) {
        // The next one.
      }
    }
  }

  private static Client client(ExtendedSSLSession session) {
    return new Client(
        session.getRequestedServerNames().stream()
            .map(name -> ((SNIHostName) name).getAsciiName())
            .findFirst(),
        subject(session),
        session.getProtocol());
  }

  private static Optional<String> subject(ExtendedSSLSession session) {
    try {
      return Stream.of(session.getPeerCertificates())
          .map(certificate -> ((X509Certificate) certificate).getSubjectX500Principal().getName())
          .findFirst();
    } catch (IOException none) {
      return Optional.empty();
    }
  }
}
