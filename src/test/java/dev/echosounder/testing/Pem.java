package dev.echosounder.testing;

import java.io.ByteArrayInputStream;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;

/** Certificates and keys as text (RFC 7468). */
public final class Pem {

  private Pem() {}

  public static String certificate(Certificate certificate) throws Exception {
    return block("CERTIFICATE", certificate.getEncoded());
  }

  public static String key(Identity identity) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    char[] password = Identity.PASSWORD.toCharArray();
    store.load(new ByteArrayInputStream(identity.pkcs12()), password);
    String alias = store.aliases().nextElement();
    return block("PRIVATE KEY", store.getKey(alias, password).getEncoded());
  }

  static String block(String type, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            type, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), type);
  }
}
