package dev.echosounder.protocol;

import dev.echosounder.settings.Credentials;
import dev.echosounder.settings.Secret;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;

/**
 * An access token (RFC 6749 section 5.1).
 *
 * @param credentials to be sent
 * @param freshUntil when a new one is asked for, by {@link System#nanoTime}
 */
record Token(Credentials credentials, long freshUntil) {

  private static final long MARGIN_SECONDS = 10;
  private static final long LONGEST_SECONDS = 365L * 86_400;

  /** Reads the answer of a token endpoint; empty if it holds no token. */
  static Optional<Token> parse(String json) {
    try {
      JsonObject answer = new JsonObject(json);
      return answer.getValue("access_token") instanceof String value && isSendable(value)
          ? Optional.of(of(value, answer))
          : Optional.empty();
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  private static Token of(String value, JsonObject answer) {
    String type = String.valueOf(answer.getValue("token_type", "Bearer"));
    String scheme =
        type.toLowerCase(Locale.ROOT).equals("bearer") || !isSendable(type) ? "Bearer" : type;
    long seconds = seconds(answer.getValue("expires_in")) - MARGIN_SECONDS;
    long fresh = Math.min(Math.max(0, seconds), LONGEST_SECONDS) * 1_000_000_000;
    return new Token(new Credentials(scheme, new Secret(value)), System.nanoTime() + fresh);
  }

  private static long seconds(Object expiresIn) {
    try {
      return (long) Double.parseDouble(String.valueOf(expiresIn));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static boolean isSendable(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
  }

  boolean isFresh() {
    return System.nanoTime() - freshUntil < 0;
  }
}
