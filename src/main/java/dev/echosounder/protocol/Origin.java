package dev.echosounder.protocol;

import dev.echosounder.settings.TargetUrl;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Scheme, host and port of a URL: what credentials belong to (RFC 6454 section 4).
 *
 * @param secure whether the scheme is {@code https}, else it is {@code http}
 * @param host in lower case, an IPv6 literal without its brackets
 */
record Origin(boolean secure, String host, int port) {

  /** The origin of a URL, if it is one that can be asked: {@code http} or {@code https}. */
  static Optional<Origin> of(URI url) {
    try {
      return Optional.of(of(TargetUrl.parse(url.toString(), Set.of())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The origin of an {@code http} or {@code https} URL. */
  static Origin of(TargetUrl url) {
    boolean secure = url.uri().getScheme().equals("https");
    return new Origin(
        secure, url.hostName().toLowerCase(Locale.ROOT), url.port().orElse(defaultPort(secure)));
  }

  /** The value of the {@code Host} header (RFC 9110 section 7.2), a default port left out. */
  String authority() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return port == defaultPort(secure) ? name : name + ":" + port;
  }

  private static int defaultPort(boolean secure) {
    return secure ? 443 : 80;
  }
}
