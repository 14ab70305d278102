package dev.echosounder.protocol;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The value of a {@code Location} header: a URI reference (RFC 9110 section 10.2.2).
 *
 * @param text as received, one character for each byte
 */
record Reference(String text) {

  private static final String NEVER_IN_A_URI = " \"<>\\^`{|}";

  /**
   * Where the reference leads from a page, by RFC 3986 section 5.2; {@link URI#resolve} is of the
   * older RFC 2396, and takes {@code ?query} and a base without a path otherwise.
   *
   * @param base absolute, with an authority
   * @return empty if the text is not a reference
   */
  Optional<URI> from(URI base) {
    try {
      URI reference = new URI(encoded());
      if (reference.isAbsolute()) {
        return Optional.of(reference);
      }
      if (reference.getRawAuthority() != null) {
        return Optional.of(new URI(base.getScheme() + ":" + encoded()));
      }
      return Optional.of(
          new URI(base.getScheme() + "://" + hostAndPort(base) + pathAndQuery(base, reference)));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  // Servers send such bytes, and every browser takes them.
  private String encoded() {
    return text.chars()
        .mapToObj(
            c ->
                c < 0x20 || c > 0x7e || NEVER_IN_A_URI.indexOf(c) >= 0
                    ? String.format("%%%02X", c)
                    : String.valueOf((char) c))
        .collect(Collectors.joining());
  }

  private static String hostAndPort(URI base) {
    String authority = base.getRawAuthority();
    return authority.substring(authority.lastIndexOf('@') + 1);
  }

  private static String pathAndQuery(URI base, URI reference) throws URISyntaxException {
    boolean samePath = reference.getRawPath().isEmpty();
    String path = samePath ? pathOf(base) : withoutDots(merge(base, reference.getRawPath()));
    String query =
        samePath && reference.getRawQuery() == null ? base.getRawQuery() : reference.getRawQuery();
    return query == null ? path : path + "?" + query;
  }

  private static String pathOf(URI base) {
    return base.getRawPath().isEmpty() ? "/" : base.getRawPath();
  }

  private static String merge(URI base, String path) {
    String basePath = pathOf(base);
    return path.startsWith("/")
        ? path
        : basePath.substring(0, basePath.lastIndexOf('/') + 1) + path;
  }

  private static String withoutDots(String path) throws URISyntaxException {
    String clean = new URI(null, null, "/", null).resolve(path).normalize().getRawPath();
    while (clean.startsWith("/../")) {
      clean = clean.substring(3);
    }
    return clean.equals("/..") ? "/" : clean;
  }
}
