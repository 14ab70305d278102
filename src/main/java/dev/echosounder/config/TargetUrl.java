package dev.echosounder.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The URL of a target: {@code http} or {@code https}, with a host. It carries secrets (userinfo,
 * query parameters), so it shows itself only with these replaced; {@link #uri()} is for the prober
 * alone.
 */
public final class TargetUrl {

  private static final String HIDDEN = "***";

  private final URI uri;
  private final String shown;

  private TargetUrl(URI uri, String shown) {
    this.uri = uri;
    this.shown = shown;
  }

  /**
   * Reads a URL.
   *
   * @param text an absolute URL
   * @param secretQueryParameters names, in lower case, of the query parameters whose values are
   *     hidden
   * @throws IllegalArgumentException with what was expected; its message holds no part of the URL
   */
  public static TargetUrl parse(String text, Set<String> secretQueryParameters) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      // Without the cause and its input: either may hold a credential.
      throw new IllegalArgumentException(
          "expected an absolute URL, but " + e.getReason() + " at index " + e.getIndex());
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("expected a URL that starts with http:// or https://");
    }
    if (uri.getHost() == null || uri.getPort() > 65535 || uri.getPort() == 0) {
      throw new IllegalArgumentException(
          "expected a URL with a host, and a port from 1 to 65535 if any");
    }
    return new TargetUrl(uri, show(uri, secretQueryParameters));
  }

  /** The URL with its secrets, for the request and nothing else. */
  public URI uri() {
    return uri;
  }

  /** The URL with userinfo and secret query parameters replaced by {@code ***}. */
  public String shown() {
    return shown;
  }

  /** {@code user:password} as configured, percent-decoded, if any. */
  public Optional<Secret> userInfo() {
    return Optional.ofNullable(uri.getUserInfo()).map(Secret::new);
  }

  private static String show(URI uri, Set<String> secretQueryParameters) {
    StringBuilder shown = new StringBuilder(uri.getScheme()).append("://");
    if (uri.getRawUserInfo() != null) {
      shown.append(HIDDEN).append('@');
    }
    shown.append(uri.getHost());
    if (uri.getPort() != -1) {
      shown.append(':').append(uri.getPort());
    }
    shown.append(uri.getRawPath());
    if (uri.getRawQuery() != null) {
      shown.append('?').append(showQuery(uri.getRawQuery(), secretQueryParameters));
    }
    if (uri.getRawFragment() != null) {
      shown.append('#').append(uri.getRawFragment());
    }
    return shown.toString();
  }

  private static String showQuery(String query, Set<String> secrets) {
    return Arrays.stream(query.split("&", -1))
        .map(
            pair -> {
              int equals = pair.indexOf('=');
              boolean secret =
                  equals >= 0
                      && secrets.contains(
                          decode(pair.substring(0, equals)).toLowerCase(Locale.ROOT));
              return secret ? pair.substring(0, equals + 1) + HIDDEN : pair;
            })
        .collect(Collectors.joining("&"));
  }

  private static String decode(String name) {
    return URLDecoder.decode(name, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TargetUrl that && uri.equals(that.uri) && shown.equals(that.shown);
  }

  @Override
  public int hashCode() {
    return Objects.hash(uri, shown);
  }

  /** The URL as shown. */
  @Override
  public String toString() {
    return shown;
  }
}
