package dev.echosounder.access;

import dev.echosounder.settings.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A user and a password as a client sends them (RFC 7617). */
record BasicCredentials(String user, Secret password) {

  private static final String SCHEME = "Basic ";

  /** More than the longest user name and password that count for anything take. */
  private static final int MOST_CHARACTERS = 2048;

  /** Reads the value of {@code Authorization}, which may be null; empty if it is none. */
  static Optional<BasicCredentials> parse(String header) {
    boolean basic =
        header != null
            && header.length() <= MOST_CHARACTERS
            && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return basic ? decode(header.substring(SCHEME.length()).strip()) : Optional.empty();
  }

  private static Optional<BasicCredentials> decode(String base64) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      int colon = text.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(
              new BasicCredentials(
                  text.substring(0, colon), new Secret(text.substring(colon + 1))));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
