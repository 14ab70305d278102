package dev.echosounder.dial;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;

/** Certificate authorities that are believed. Immutable. */
final class Authorities {

  private final X509ExtendedTrustManager decider;
  private final Map<X500Principal, List<X509Certificate>> anchors;

  Authorities(X509ExtendedTrustManager decider) {
    this.decider = decider;
    this.anchors =
        Arrays.stream(decider.getAcceptedIssuers())
            .collect(Collectors.groupingBy(X509Certificate::getSubjectX500Principal));
  }

  /** Those with these certificates. Takes milliseconds where there are many. */
  static Authorities of(List<X509Certificate> certificates) throws GeneralSecurityException {
    return new Authorities(Trust.load(Optional.of(store(certificates))));
  }

  /** What decides on the certificates of servers. */
  X509ExtendedTrustManager decider() {
    return decider;
  }

  /**
   * The chain by which a certificate that was accepted is believed: from the server's to the first
   * authority that is believed, which the JDK finds but does not tell.
   *
   * @param presented the server's certificate first, the others in any order
   */
  List<X509Certificate> chain(List<X509Certificate> presented) {
    List<X509Certificate> chain = new ArrayList<>();
    Optional<X509Certificate> next = presented.stream().findFirst();
    while (next.isPresent() && !chain.contains(next.get())) {
      X509Certificate certificate = next.get();
      chain.add(certificate);
      boolean believed = named(certificate.getSubjectX500Principal()).contains(certificate);
      next = believed ? Optional.empty() : issuer(certificate, presented);
    }
    return chain;
  }

  private Optional<X509Certificate> issuer(
      X509Certificate certificate, List<X509Certificate> presented) {
    X500Principal name = certificate.getIssuerX500Principal();
    Stream<X509Certificate> others =
        presented.stream().filter(other -> other.getSubjectX500Principal().equals(name));
    List<X509Certificate> candidates =
        Stream.concat(named(name).stream(), others).distinct().toList();
    // It was accepted, so that one of them has signed it; to check that takes a while.
    return candidates.stream()
        .filter(candidate -> candidates.size() == 1 || signed(candidate, certificate))
        .findFirst();
  }

  private List<X509Certificate> named(X500Principal name) {
    return anchors.getOrDefault(name, List.of());
  }

  private static boolean signed(X509Certificate issuer, X509Certificate certificate) {
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static KeyStore store(List<X509Certificate> certificates)
      throws GeneralSecurityException {
    KeyStore store = KeyStores.empty();
    for (X509Certificate certificate : certificates) {
      store.setCertificateEntry(String.valueOf(store.size()), certificate);
    }
    return store;
  }
}
