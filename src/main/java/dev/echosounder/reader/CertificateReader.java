package dev.echosounder.reader;

import dev.echosounder.schema.KeyPath;
import dev.echosounder.schema.Problems;
import dev.echosounder.schema.Section;
import dev.echosounder.settings.TlsOptions.Identity;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Reads certificates and keys in PEM, from the configuration or from files. */
record CertificateReader(Problems problems, FilesReader files) {

  private static final String CERTIFICATES =
      "PEM with at least one block -----BEGIN CERTIFICATE-----";
  private static final String KEY = "PEM with one block -----BEGIN PRIVATE KEY-----";

  /** The certificates of a key, or of the file that the key with {@code _file} names. */
  Optional<List<X509Certificate>> chain(Section tls, String key) {
    return pem(tls, key).flatMap(pem -> certificates(place(tls, key), pem));
  }

  /** The client's certificate with its key. */
  Optional<Identity> identity(Section tls) {
    Optional<List<X509Certificate>> chain = chain(tls, "cert");
    Optional<PrivateKey> key = pem(tls, "key").flatMap(pem -> key(place(tls, "key"), pem));
    checkBoth(tls, "cert", "key");
    checkBoth(tls, "key", "cert");
    if (chain.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    if (!PrivateKeys.fits(key.get(), chain.get().get(0).getPublicKey())) {
      problems.add(
          place(tls, "key"), "a key that does not fit the certificate", "the certificate's key");
    }
    return Optional.of(new Identity(key.get(), chain.get()));
  }

  private void checkBoth(Section tls, String one, String other) {
    boolean there = tls.has(one) || tls.has(one + "_file");
    if (there && files.missing(tls, other)) {
      problems.add(
          place(tls, one), "no " + other + " beside it", other + " or " + other + "_file as well");
    }
  }

  private Optional<List<X509Certificate>> certificates(KeyPath place, Pem pem) {
    try {
      List<X509Certificate> certificates = pem.certificates();
      if (!certificates.isEmpty()) {
        return Optional.of(certificates);
      }
      problems.add(place, "no certificate", CERTIFICATES);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      problems.add(place, "a broken certificate", CERTIFICATES);
    }
    return Optional.empty();
  }

  private Optional<PrivateKey> key(KeyPath place, Pem pem) {
    try {
      Optional<PrivateKey> key = PrivateKeys.of(pem);
      if (key.isEmpty()) {
        boolean encrypted = pem.has("ENCRYPTED PRIVATE KEY");
        problems.add(place, encrypted ? "a key with a password" : "no key", KEY);
      }
      return key;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      problems.add(place, "a broken key, or one that is not RSA, EC or EdDSA", KEY);
      return Optional.empty();
    }
  }

  private Optional<Pem> pem(Section tls, String key) {
    String file = key + "_file";
    Optional<String> text =
        tls.has(file)
            ? files
                .bytes(tls.at(file), tls.text(file).orElseThrow())
                .map(bytes -> bytes.toString(StandardCharsets.ISO_8859_1))
            : tls.text(key);
    return text.map(Pem::parse);
  }

  private static KeyPath place(Section tls, String key) {
    return tls.at(tls.has(key + "_file") ? key + "_file" : key);
  }
}
