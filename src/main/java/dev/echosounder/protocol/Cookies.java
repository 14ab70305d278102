package dev.echosounder.protocol;

import com.google.common.net.InternetDomainName;
import dev.echosounder.dial.Resolver;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.cookie.ClientCookieDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The cookies of one probe (RFC 6265): what a hop sets is sent by later ones of the same site, and
 * gone with the probe.
 */
final class Cookies {

  // RFC 6265 section 6.1 asks for at least these.
  private static final int MOST = 50;
  private static final int LONGEST = 4096;

  private final List<Stored> jar = new ArrayList<>();

  /** Takes in what the answer to a request sets. */
  void receive(Request request, HttpHeaders answer) {
    answer.getAll(HttpHeaderNames.SET_COOKIE).stream()
        .filter(text -> text.length() <= LONGEST)
        .map(ClientCookieDecoder.LAX::decode)
        .filter(Objects::nonNull)
        .forEach(cookie -> Stored.of(cookie, request).ifPresent(one -> keep(one, cookie)));
  }

  private void keep(Stored stored, Cookie cookie) {
    jar.removeIf(stored::isReplacementOf);
    boolean expired = cookie.maxAge() != Cookie.UNDEFINED_MAX_AGE && cookie.maxAge() <= 0;
    if (!expired && jar.size() < MOST) {
      jar.add(stored);
    }
  }

  /** The value of the {@code Cookie} header of a request, without configured ones. */
  Optional<String> of(Request request) {
    String pairs =
        jar.stream()
            .filter(cookie -> cookie.belongsTo(request))
            .map(cookie -> cookie.name() + "=" + cookie.value())
            .collect(Collectors.joining("; "));
    return pairs.isEmpty() ? Optional.empty() : Optional.of(pairs);
  }

  private record Stored(
      String name, String value, String domain, boolean hostOnly, String path, boolean secure) {

    static Optional<Stored> of(Cookie cookie, Request request) {
      String host = request.origin().host();
      String domain = domain(cookie).orElse(host);
      boolean hostOnly = domain.equals(host);
      if (!hostOnly && !maySetFor(domain, host)) {
        return Optional.empty();
      }
      String path = cookie.path();
      return Optional.of(
          new Stored(
              cookie.name(),
              cookie.value(),
              domain,
              hostOnly && domain(cookie).isEmpty(),
              path == null || !path.startsWith("/") ? defaultPath(request) : path,
              cookie.isSecure()));
    }

    private static Optional<String> domain(Cookie cookie) {
      return Optional.ofNullable(cookie.domain())
          .map(domain -> domain.replaceFirst("^\\.", "").toLowerCase(Locale.ROOT))
          .filter(domain -> !domain.isEmpty());
    }

    // What all of co.uk could read would cross sites.
    private static boolean maySetFor(String domain, String host) {
      return host.endsWith("." + domain)
          && Resolver.literal(host).isEmpty()
          && domain.contains(".")
          && InternetDomainName.isValid(domain)
          && !InternetDomainName.from(domain).isPublicSuffix();
    }

    // RFC 6265 section 5.1.4
    private static String defaultPath(Request request) {
      String path = path(request);
      int end = path.lastIndexOf('/');
      return end == 0 ? "/" : path.substring(0, end);
    }

    private static String path(Request request) {
      String path = request.url().getRawPath();
      return path.startsWith("/") ? path : "/";
    }

    boolean isReplacementOf(Stored other) {
      return name.equals(other.name) && domain.equals(other.domain) && path.equals(other.path);
    }

    boolean belongsTo(Request request) {
      String host = request.origin().host();
      return (host.equals(domain) || (!hostOnly && host.endsWith("." + domain)))
          && (!secure || request.origin().secure())
          && covers(path(request));
    }

    private boolean covers(String requested) {
      return requested.equals(path) || requested.startsWith(path.endsWith("/") ? path : path + "/");
    }
  }
}
