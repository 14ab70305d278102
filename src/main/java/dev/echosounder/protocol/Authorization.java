package dev.echosounder.protocol;

import dev.echosounder.settings.Credentials;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.TargetUrl;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Values of {@code Authorization} and {@code Proxy-Authorization}, which are secret. */
final class Authorization {

  private Authorization() {}

  static String of(Credentials credentials) {
    return credentials.scheme() + " " + credentials.value().value();
  }

  /** Basic authorization (RFC 7617) from the userinfo of a URL, if it has any. */
  static Optional<String> of(TargetUrl url) {
    return url.userInfo().map(Authorization::basic);
  }

  // A user without a password has an empty one.
  private static String basic(Secret userInfo) {
    String pair = userInfo.value();
    return basicPair(pair.contains(":") ? pair : pair + ":");
  }

  static String basic(String user, String password) {
    return basicPair(user + ":" + password);
  }

  private static String basicPair(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
