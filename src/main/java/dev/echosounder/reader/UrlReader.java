package dev.echosounder.reader;

import dev.echosounder.schema.KeyPath;
import dev.echosounder.schema.Problems;
import dev.echosounder.settings.Protocol;
import dev.echosounder.settings.TargetUrl;
import java.util.Optional;
import java.util.Set;

/**
 * Reads where targets and endpoints are.
 *
 * @param secretQueryParameters in lower case
 */
record UrlReader(Problems problems, Set<String> secretQueryParameters) {

  Optional<TargetUrl> http(KeyPath place, String text) {
    return read(place, Protocol.HTTP, text);
  }

  Optional<TargetUrl> read(KeyPath place, Protocol protocol, String text) {
    try {
      return Optional.of(TargetUrl.parse(protocol, text, secretQueryParameters));
    } catch (IllegalArgumentException e) {
      // The text is not shown: where it is no URL, nobody knows which part is the password.
      problems.add(place, "a text that is none", withoutVerb(e.getMessage()));
      return Optional.empty();
    }
  }

  private static String withoutVerb(String message) {
    return message.startsWith("expected ") ? message.substring("expected ".length()) : message;
  }
}
