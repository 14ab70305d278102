package dev.echosounder.access;

import io.netty.util.NetUtil;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Alternative names (RFC 5280 section 4.2.1.6), one of which a certificate must have: the very
 * text, and for addresses the very address. Without any, each certificate is fine.
 */
record AllowedNames(List<String> names) {

  private static final int EMAIL = 1;
  private static final int DNS = 2;
  private static final int URI = 6;
  private static final int ADDRESS = 7;

  void check(X509Certificate certificate) throws CertificateException {
    Collection<List<?>> found = certificate.getSubjectAlternativeNames();
    if (!names.isEmpty() && (found == null || found.stream().noneMatch(this::allows))) {
      throw new CertificateException("no alternative name that is allowed");
    }
  }

  private boolean allows(List<?> name) {
    int type = (Integer) name.get(0);
    return switch (type) {
      case EMAIL, DNS, URI -> names.contains((String) name.get(1));
      case ADDRESS -> allowsAddress((String) name.get(1));
      default -> false;
    };
  }

  private boolean allowsAddress(String text) {
    byte[] address = NetUtil.createByteArrayFromIpAddressString(text);
    return names.stream()
        .map(NetUtil::createByteArrayFromIpAddressString)
        .filter(Objects::nonNull)
        .anyMatch(allowed -> Arrays.equals(allowed, address));
  }
}
