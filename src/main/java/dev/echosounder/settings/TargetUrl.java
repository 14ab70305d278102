package dev.echosounder.settings;

import io.netty.util.NetUtil;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a target is: an {@code http} or {@code https} URL, or a host with a port for the protocols
 * that have no more. It carries secrets (userinfo, query parameters), so it shows itself only with
 * these replaced; {@link #uri()} is for the prober alone.
 */
public final class TargetUrl {

  private static final String HIDDEN = "***";

  // java.net.URI knows no host with an underscore, which Docker and Compose make.
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?:(?<user>.*)@)?(?<host>\\[[0-9A-Fa-f:.%_~-]+]|[A-Za-z0-9._-]+)(?::(?<port>\\d{0,5}))?");

  private static final Pattern SCHEME = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://");

  private final String text;
  private final URI uri;
  private final String host;
  private final String hostName;
  private final OptionalInt port;
  private final String shown;
  private final List<String> hidden;

  private TargetUrl(String text, URI uri, Matcher authority, String shown, List<String> hidden) {
    this.text = text;
    this.uri = uri;
    this.host = authority.group("host");
    this.hostName = hostName(host);
    this.port = port(authority);
    this.shown = shown;
    this.hidden = List.copyOf(hidden);
  }

  /**
   * Reads where a target of a protocol is: an absolute URL for HTTP, {@code host}, {@code
   * host:port} or either with the protocol's scheme for the others. An IPv6 literal needs no
   * brackets where no port follows it.
   *
   * @param secretQueryParameters names, in lower case, of the query parameters whose values are
   *     hidden
   * @throws IllegalArgumentException with what was expected; its message holds no part of the text
   */
  public static TargetUrl parse(Protocol protocol, String text, Set<String> secretQueryParameters) {
    return protocol == Protocol.HTTP
        ? parse(text, secretQueryParameters)
        : hostAndPort(protocol, text);
  }

  /**
   * Reads where a target is as blackbox_exporter does, which takes {@code example.org/path} for
   * {@code http://example.org/path}; else the same as {@link #parse(Protocol, String, Set)}.
   */
  public static TargetUrl parseLeniently(
      Protocol protocol, String text, Set<String> secretQueryParameters) {
    // Of postgres://user:password@host a path would be made, which is shown.
    boolean complete = protocol != Protocol.HTTP || SCHEME.matcher(text).lookingAt();
    return parse(protocol, complete ? text : "http://" + text, secretQueryParameters);
  }

  private static TargetUrl hostAndPort(Protocol protocol, String text) {
    String scheme = protocol.schemes().get(0);
    int end = text.indexOf("://");
    if (end >= 0 && protocol.schemes().stream().noneMatch(text.substring(0, end)::equals)) {
      throw new IllegalArgumentException("expected host:port or " + scheme + "://host:port");
    }
    String prefix = end < 0 ? "" : text.substring(0, end + 3);
    String place = text.substring(prefix.length());
    if (NetUtil.isValidIpV6Address(place) && !place.startsWith("[")) {
      place = "[" + place + "]";
    }
    Matcher authority = AUTHORITY.matcher(place.endsWith("/") ? chopped(place) : place);
    if (!authority.matches()
        || authority.group("user") != null
        || !portIsValid(authority)
        || (protocol == Protocol.TCP && port(authority).isEmpty())) {
      throw new IllegalArgumentException(
          "expected a host and a port from 1 to 65535, such as example.org:25");
    }
    return new TargetUrl(
        text,
        URI.create(scheme + "://" + authority.group()),
        authority,
        prefix + authority.group(),
        List.of());
  }

  private static String chopped(String text) {
    return text.substring(0, text.length() - 1);
  }

  /**
   * Reads a URL. A host with letters beyond ASCII is put in its ASCII form (IDNA 2003).
   *
   * @param text an absolute URL
   * @param secretQueryParameters names, in lower case, of the query parameters whose values are
   *     hidden
   * @throws IllegalArgumentException with what was expected; its message holds no part of the URL
   */
  public static TargetUrl parse(String text, Set<String> secretQueryParameters) {
    // The JDK fails on half a surrogate pair, which JSON and YAML can hold.
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("expected an absolute URL (of whole characters)");
    }
    URI uri;
    try {
      uri = ascii(new URI(text));
    } catch (URISyntaxException e) {
      // Without the cause and its input, either may hold a credential; without the index, which
      // depends on the JDK.
      throw new IllegalArgumentException("expected an absolute URL (" + e.getReason() + ")");
    }
    Matcher authority = AUTHORITY.matcher(String.valueOf(uri.getRawAuthority()));
    if (uri.getRawAuthority() == null || !authority.matches() || !portIsValid(authority)) {
      throw new IllegalArgumentException(
          "expected a URL with a host, and a port from 1 to 65535 if any");
    }
    return new TargetUrl(
        text,
        uri,
        authority,
        show(uri, authority, secretQueryParameters),
        hidden(uri, secretQueryParameters));
  }

  /** The URI with its scheme in lower case and its host, path and query in ASCII. */
  private static URI ascii(URI uri) throws URISyntaxException {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("expected a URL that starts with http:// or https://");
    }
    String authority = uri.getRawAuthority();
    if (authority == null) {
      return uri;
    }
    int at = authority.lastIndexOf('@') + 1;
    String host = authority.substring(at);
    if (!host.chars().allMatch(c -> c < 0x80)) {
      host = toAscii(host);
    }
    String rest = uri.toString().substring(scheme.length() + "://".length() + authority.length());
    String user = authority.substring(0, at);
    return new URI(new URI(scheme + "://" + user + host + rest).toASCIIString());
  }

  private static String toAscii(String host) {
    try {
      return IDN.toASCII(host);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("expected a URL with a host name that IDNA allows");
    }
  }

  private static OptionalInt port(Matcher authority) {
    String digits = authority.group("port");
    return digits == null || digits.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(digits));
  }

  private static boolean portIsValid(Matcher authority) {
    int port = port(authority).orElse(1);
    return port >= 1 && port <= 65535;
  }

  /** The URL with its secrets, for the request and nothing else. */
  public URI uri() {
    return uri;
  }

  /** The host; unlike {@code uri().getHost()} also one with an underscore; IPv6 in brackets. */
  public String host() {
    return host;
  }

  /**
   * Whom to dial: the host without the brackets of an IPv6 literal, and any spelling of an address
   * as its canonical one, see {@link HostText#address}.
   */
  public String hostName() {
    return hostName;
  }

  private static String hostName(String host) {
    return HostText.canonical(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
  }

  /** The port, where one is written. */
  public OptionalInt port() {
    return port;
  }

  /** The URL with userinfo and secret query parameters replaced by {@code ***}. */
  public String shown() {
    return shown;
  }

  /** Whether a text is this URL, as it was configured or as it is shown. */
  public boolean matches(String other) {
    return other.equals(text) || other.equals(shown);
  }

  /** {@code user:password} as configured, percent-decoded, if any. */
  public Optional<Secret> userInfo() {
    String authority = uri.getRawAuthority();
    int at = authority.lastIndexOf('@');
    // A plus sign is one: URLDecoder is for forms.
    return at < 0
        ? Optional.empty()
        : Optional.of(new Secret(decode(authority.substring(0, at).replace("+", "%2B"))));
  }

  /** The values of its secret query parameters, as written. */
  List<String> hiddenValues() {
    return hidden;
  }

  private static List<String> hidden(URI uri, Set<String> secrets) {
    return Stream.of(uri.getRawQuery(), uri.getRawFragment())
        .filter(Objects::nonNull)
        .flatMap(query -> Arrays.stream(query.split("&", -1)))
        .filter(pair -> isSecret(pair, secrets))
        .map(pair -> pair.substring(pair.indexOf('=') + 1))
        .toList();
  }

  private static String show(URI uri, Matcher authority, Set<String> secrets) {
    StringBuilder shown = new StringBuilder(uri.getScheme()).append("://");
    if (authority.group("user") != null) {
      shown.append(HIDDEN).append('@');
    }
    shown.append(authority.group("host"));
    String port = authority.group("port");
    if (port != null && !port.isEmpty()) {
      shown.append(':').append(port);
    }
    shown.append(uri.getRawPath());
    if (uri.getRawQuery() != null) {
      shown.append('?').append(showQuery(uri.getRawQuery(), secrets));
    }
    if (uri.getRawFragment() != null) {
      shown.append('#').append(showQuery(uri.getRawFragment(), secrets));
    }
    return shown.toString();
  }

  private static String showQuery(String query, Set<String> secrets) {
    return Arrays.stream(query.split("&", -1))
        .map(pair -> showPair(pair, secrets))
        .collect(Collectors.joining("&"));
  }

  private static String showPair(String pair, Set<String> secrets) {
    return isSecret(pair, secrets) ? pair.substring(0, pair.indexOf('=') + 1) + HIDDEN : pair;
  }

  private static boolean isSecret(String pair, Set<String> secrets) {
    int equals = pair.indexOf('=');
    return equals >= 0
        && secrets.contains(decode(pair.substring(0, equals)).toLowerCase(Locale.ROOT));
  }

  private static String decode(String name) {
    return URLDecoder.decode(name, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TargetUrl that
        && text.equals(that.text)
        && uri.equals(that.uri)
        && shown.equals(that.shown);
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
