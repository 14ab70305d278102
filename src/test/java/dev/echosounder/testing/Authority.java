package dev.echosounder.testing;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority made for a test. */
public final class Authority {

  private static final X500Principal NAME = new X500Principal("CN=Authority of a test");

  private final KeyPair keys = newKeys();
  private final X509Certificate certificate;

  public Authority() throws Exception {
    Instant now = Instant.now();
    certificate =
        sign(builder(NAME, keys, now.minusSeconds(3600), now.plusSeconds(864_000), true), keys);
  }

  /** A key store that believes this authority. */
  public KeyStore trusted() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", certificate);
    return store;
  }

  /** The authority's own certificate. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** When the authority's own certificate expires. */
  public Instant expiry() {
    return certificate.getNotAfter().toInstant();
  }

  /**
   * A certificate of this authority, for DNS names or IPv4 addresses; the authority in its chain.
   */
  public Identity issue(Instant from, Instant until, String... hosts) throws Exception {
    KeyPair own = newKeys();
    JcaX509v3CertificateBuilder builder =
        builder(new X500Principal("CN=server"), own, from, until, false);
    builder.addExtension(Extension.subjectAlternativeName, false, names(hosts));
    return Identity.of(own.getPrivate(), sign(builder, keys), certificate);
  }

  /** A certificate of this authority that is valid for a day, from an hour ago. */
  public Identity issue(String... hosts) throws Exception {
    return issue(Instant.now().minusSeconds(3600), Instant.now().plusSeconds(86_400), hosts);
  }

  /** A certificate of this authority for a subject, alone in its chain, that is valid for a day. */
  public Identity issueTo(X500Principal subject, BigInteger serial, String... hosts)
      throws Exception {
    KeyPair own = newKeys();
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            NAME,
            serial,
            Date.from(now.minusSeconds(3600)),
            Date.from(now.plusSeconds(86_400)),
            subject,
            own.getPublic());
    if (hosts.length > 0) {
      builder.addExtension(Extension.subjectAlternativeName, false, names(hosts));
    }
    return Identity.of(own.getPrivate(), sign(builder, keys));
  }

  private static GeneralNames names(String... hosts) {
    return new GeneralNames(
        Stream.of(hosts)
            .map(
                host ->
                    new GeneralName(
                        Character.isDigit(host.charAt(0))
                            ? GeneralName.iPAddress
                            : GeneralName.dNSName,
                        host))
            .toArray(GeneralName[]::new));
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Principal subject, KeyPair subjectKeys, Instant from, Instant until, boolean authority)
      throws Exception {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            NAME,
            new BigInteger(64, new SecureRandom()),
            Date.from(from),
            Date.from(until),
            subject,
            subjectKeys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    return builder;
  }

  private static X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair signer)
      throws Exception {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
  }

  private static KeyPair newKeys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }
}
