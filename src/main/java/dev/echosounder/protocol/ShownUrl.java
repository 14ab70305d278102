package dev.echosounder.protocol;

import java.net.URI;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How a URL that a server has chosen is shown to people. */
final class ShownUrl {

  private static final String HIDDEN = "***";

  private ShownUrl() {}

  /** Without userinfo and fragment, and the values of its query hidden: they often are tokens. */
  static String of(URI url) {
    String authority = String.valueOf(url.getRawAuthority());
    String place = authority.substring(authority.lastIndexOf('@') + 1);
    String query = url.getRawQuery() == null ? "" : "?" + hidden(url.getRawQuery());
    return url.getScheme() + "://" + place + url.getRawPath() + query;
  }

  private static String hidden(String query) {
    return Arrays.stream(query.split("&", -1))
        .map(pair -> pair.substring(0, pair.indexOf('=') + 1) + HIDDEN)
        .collect(Collectors.joining("&"));
  }
}
