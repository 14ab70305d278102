package dev.echosounder.reader;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Map;
import java.util.Optional;

/** Reads private keys and tells whose they are. */
final class PrivateKeys {

  /** By what the JDK calls their keys, how they sign. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  private PrivateKeys() {}

  /**
   * The key in PKCS#8 (RFC 5208), or in the older forms of RSA (RFC 8017) and EC keys (RFC 5915).
   *
   * @throws GeneralSecurityException if it is broken, or of another kind
   */
  static Optional<PrivateKey> of(Pem pem) throws GeneralSecurityException {
    Optional<byte[]> pkcs8 =
        pem.first("PRIVATE KEY")
            .map(block -> block.der().getBytes())
            .or(() -> pem.first("RSA PRIVATE KEY").map(block -> Pkcs8.ofRsa(block.der())))
            .or(() -> pem.first("EC PRIVATE KEY").map(block -> Pkcs8.ofEc(block.der())));
    return pkcs8.isPresent() ? Optional.of(key(pkcs8.get())) : Optional.empty();
  }

  private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
    for (String algorithm : SIGNATURES.keySet()) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException e) {
        // Of another algorithm; the last one is followed by the exception below.
      }
    }
    throw new InvalidKeySpecException("no key of a known algorithm");
  }

  /** Whether what the private key signs is verified by the public one. */
  static boolean fits(PrivateKey key, PublicKey other) {
    try {
      byte[] message = {1, 2, 3};
      Signature signature = Signature.getInstance(SIGNATURES.get(key.getAlgorithm()));
      signature.initSign(key);
      signature.update(message);
      byte[] signed = signature.sign();
      signature.initVerify(other);
      signature.update(message);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
