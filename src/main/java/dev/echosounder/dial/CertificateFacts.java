package dev.echosounder.dial;

import dev.echosounder.bus.Info;
import dev.echosounder.bus.Measure;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * What is told of a server's certificates. A label is 1,024 characters long at most, and cut there;
 * of alternative names, only whole ones are told.
 */
final class CertificateFacts {

  private static final int LONGEST_LABEL = 1024;
  private static final Integer DNS_NAME = 2;

  private final Findings findings;

  CertificateFacts(Findings findings) {
    this.findings = findings;
  }

  /**
   * The server has sent certificates, good or not.
   *
   * @param chain not empty, the server's own first
   */
  void presented(List<X509Certificate> chain) {
    times(chain, certificate -> certificate.getNotAfter().toInstant())
        .min()
        .ifPresent(at -> findings.measure(Measure.SSL_EARLIEST_CERT_EXPIRY, at));
    times(chain, certificate -> certificate.getNotBefore().toInstant())
        .max()
        .ifPresent(at -> findings.measure(Measure.SSL_CHAIN_NOT_BEFORE, at));
    findings.info(Info.TLS_CHAIN, labels(chain.get(0)));
  }

  /** They were found good, by this chain. */
  void verified(List<X509Certificate> chain) {
    times(chain, certificate -> certificate.getNotAfter().toInstant())
        .min()
        .ifPresent(at -> findings.measure(Measure.SSL_LAST_CHAIN_EXPIRY, at));
  }

  private static DoubleStream times(
      List<X509Certificate> chain, Function<X509Certificate, Instant> time) {
    return chain.stream().map(time).mapToDouble(at -> at.toEpochMilli() / 1e3);
  }

  private static Map<String, String> labels(X509Certificate certificate) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("fingerprint_sha256", fingerprint(certificate));
    labels.put("subject", cut(DistinguishedName.of(certificate.getSubjectX500Principal()).text()));
    labels.put("issuer", cut(DistinguishedName.of(certificate.getIssuerX500Principal()).text()));
    labels.put("subjectalternative", names(certificate));
    labels.put("serialnumber", cut(serial(certificate.getSerialNumber())));
    return labels;
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(certificate.getEncoded()));
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException("every JDK has SHA-256, and it came encoded", e);
    }
  }

  // Two digits for each octet of the number.
  private static String serial(BigInteger number) {
    String digits = number.abs().toString(16);
    return digits.length() % 2 == 0 ? digits : "0" + digits;
  }

  private static String names(X509Certificate certificate) {
    String all =
        alternatives(certificate).stream()
            .filter(name -> DNS_NAME.equals(name.get(0)))
            .map(name -> String.valueOf(name.get(1)))
            .collect(Collectors.joining(","));
    return all.length() <= LONGEST_LABEL
        ? all
        : all.substring(0, Math.max(0, all.lastIndexOf(',', LONGEST_LABEL)));
  }

  private static Collection<List<?>> alternatives(X509Certificate certificate) {
    try {
      return Optional.ofNullable(certificate.getSubjectAlternativeNames()).orElse(List.of());
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  private static String cut(String label) {
    return label.length() <= LONGEST_LABEL ? label : label.substring(0, LONGEST_LABEL);
  }
}
