package dev.echosounder.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key and a certificate that it signed itself, as the texts of PEM files.
 *
 * @param certificate the certificate
 * @param key in PKCS#8
 * @param oldKey in the older form of its algorithm
 */
public record PemText(String certificate, String key, String oldKey) {

  /** Makes one. */
  public static PemText of(String algorithm, int size, String signature) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (size > 0) {
      generator.initialize(size);
    }
    KeyPair keys = generator.generateKeyPair();
    return new PemText(
        written(signed(keys, signature)),
        Pem.block("PRIVATE KEY", keys.getPrivate().getEncoded()),
        oldForm(keys.getPrivate()));
  }

  /** Makes one of an elliptic curve. */
  public static PemText ofCurve() throws Exception {
    return of("EC", 256, "SHA256withECDSA");
  }

  private static X509Certificate signed(KeyPair keys, String signature) throws Exception {
    Instant now = Instant.now();
    X500Name name = new X500Name("CN=a client");
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.ONE,
                    Date.from(now.minusSeconds(60)),
                    Date.from(now.plusSeconds(86_400)),
                    name,
                    keys.getPublic())
                .build(new JcaContentSignerBuilder(signature).build(keys.getPrivate())));
  }

  /** As OpenSSL writes it; the writer of the library leaves out the curve. */
  private static String oldForm(PrivateKey key) throws IOException {
    if (!(key instanceof ECPrivateKey curve)) {
      return written(key);
    }
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
    return Pem.block(
        "EC PRIVATE KEY",
        new org.bouncycastle.asn1.sec.ECPrivateKey(
                curve.getParams().getOrder().bitLength(),
                curve.getS(),
                info.getPrivateKeyAlgorithm().getParameters())
            .getEncoded());
  }

  private static String written(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }
}
