package dev.echosounder.testing;

import dev.echosounder.settings.TlsOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;

/**
 * A server's key and certificate chain.
 *
 * @param certificate the first of the chain
 * @param pkcs12 both, as a key store behind {@link #PASSWORD}
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Identity(X509Certificate certificate, byte[] pkcs12) {

  public static final String PASSWORD = "changeit";

  /** The same as the certificate that a client shows. */
  public TlsOptions.Identity forClient() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(pkcs12), PASSWORD.toCharArray());
    return new TlsOptions.Identity(
        (PrivateKey) store.getKey("server", PASSWORD.toCharArray()),
        Stream.of(store.getCertificateChain("server")).map(X509Certificate.class::cast).toList());
  }

  /** The same with nothing but the server's own certificate in the chain. */
  public Identity withoutAuthority() throws Exception {
    return of(forClient().key(), certificate);
  }

  static Identity of(PrivateKey key, X509Certificate... chain) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", key, PASSWORD.toCharArray(), chain.clone());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.store(bytes, PASSWORD.toCharArray());
    Certificate first = chain[0];
    return new Identity((X509Certificate) first, bytes.toByteArray());
  }
}
