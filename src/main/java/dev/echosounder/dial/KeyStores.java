package dev.echosounder.dial;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/** Key stores in memory. */
final class KeyStores {

  private KeyStores() {}

  static KeyStore empty() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      return store;
    } catch (IOException e) {
      throw new IllegalStateException("nothing is read", e);
    }
  }
}
