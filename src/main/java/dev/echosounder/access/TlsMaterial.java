package dev.echosounder.access;

import dev.echosounder.settings.ServerTls;
import dev.echosounder.settings.TlsOptions.Identity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.Certificate;
import java.util.UUID;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The server's key in the form of the JDK, and beside it what else a context is made of: Vert.x
 * hands a factory of keys through to {@link TlsContext}, and nothing of our own.
 */
final class TlsMaterial extends KeyManagerFactory {

  private final ServerTls tls;
  private final X509ExtendedTrustManager clients;

  private TlsMaterial(ServerTls tls, X509ExtendedTrustManager clients, KeyManager... keys) {
    super(new Ready(keys), new Nobody(), "");
    this.tls = tls;
    this.clients = clients;
  }

  static TlsMaterial of(ServerTls tls) throws GeneralSecurityException {
    Identity identity = tls.identity();
    char[] password = UUID.randomUUID().toString().toCharArray();
    KeyStore store = emptyStore();
    store.setKeyEntry(
        "server", identity.key(), password, identity.chain().toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return new TlsMaterial(tls, ClientTrust.of(tls.clients()), factory.getKeyManagers());
  }

  ServerTls tls() {
    return tls;
  }

  /** Who decides on the certificates of clients. */
  X509ExtendedTrustManager clients() {
    return clients;
  }

  static KeyStore emptyStore() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      return store;
    } catch (IOException e) {
      throw new IllegalStateException("nothing is read", e);
    }
  }

  private static final class Ready extends KeyManagerFactorySpi {

    private final KeyManager[] keys;

    Ready(KeyManager... keys) {
      this.keys = keys.clone();
    }

    @Override
    protected void engineInit(KeyStore store, char[] password) {
      // It is made ready.
    }

    @Override
    protected void engineInit(ManagerFactoryParameters parameters)
        throws InvalidAlgorithmParameterException {
      throw new InvalidAlgorithmParameterException("it is made ready");
    }

    @Override
    protected KeyManager[] engineGetKeyManagers() {
      return keys.clone();
    }
  }

  private static final class Nobody extends Provider {

    private static final long serialVersionUID = 1L;

    Nobody() {
      super("echosounder", "1", "");
    }
  }
}
