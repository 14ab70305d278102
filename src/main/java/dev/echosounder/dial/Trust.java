package dev.echosounder.dial;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Which certificate authorities are believed. */
public final class Trust {

  private Trust() {}

  /**
   * The trust manager over a key store, or over the JDK's own. Blocks: it reads files.
   *
   * @throws GeneralSecurityException if the store cannot be read
   */
  public static X509ExtendedTrustManager load(Optional<KeyStore> authorities)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities.orElse(null));
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow(() -> new GeneralSecurityException("no X.509 trust manager"));
  }
}
