package dev.echosounder.dial;

import dev.echosounder.settings.TlsOptions;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.WeakHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What the JDK needs to do TLS as options say. It is made once, by a worker, since it takes
 * milliseconds; and forgotten with the settings it was made for. Used on one event loop only.
 */
final class TlsMaterial {

  private final Workers workers;
  private final Authorities usual;
  private final Map<List<X509Certificate>, Future<Authorities>> authorities = new WeakHashMap<>();
  private final Map<TlsOptions.Identity, Future<KeyManager[]>> keys = new WeakHashMap<>();

  /**
   * @param trust decides where the options name no authorities
   */
  TlsMaterial(ContextInternal context, X509ExtendedTrustManager trust) {
    this.workers = new Workers(context);
    this.usual = new Authorities(trust);
  }

  /** Who is believed. */
  Future<Authorities> authorities(TlsOptions options) {
    return options.authorities().isEmpty()
        ? Future.succeededFuture(usual)
        : authorities.computeIfAbsent(
            options.authorities(), own -> workers.run(() -> Authorities.of(own)));
  }

  /** The client's own certificate, if there is one. */
  Future<Optional<KeyManager[]>> keys(TlsOptions options) {
    return options
        .identity()
        .map(
            own ->
                keys.computeIfAbsent(own, identity -> workers.run(() -> managers(identity)))
                    .map(Optional::of))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private static KeyManager[] managers(TlsOptions.Identity identity)
      throws GeneralSecurityException {
    char[] password = UUID.randomUUID().toString().toCharArray();
    KeyStore store = KeyStores.empty();
    store.setKeyEntry(
        "client", identity.key(), password, identity.chain().toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory.getKeyManagers();
  }
}
