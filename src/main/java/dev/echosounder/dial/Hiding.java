package dev.echosounder.dial;

import dev.echosounder.settings.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Takes texts that are secret out of others, which a peer may have made. For one thread. */
final class Hiding {

  // Nothing shorter is a secret, and every text is full of such.
  private static final int SHORTEST = 4;

  private final List<String> secrets = new ArrayList<>();

  /** Hides these too, as a whole and line by line. */
  void add(Collection<String> texts) {
    texts.stream()
        .flatMap(text -> Stream.concat(Stream.of(text), text.lines().map(String::strip)))
        .filter(text -> text.length() >= SHORTEST)
        .distinct()
        .forEach(secrets::add);
    // The longest first: one may be a part of another.
    secrets.sort(Comparator.comparingInt(String::length).reversed());
  }

  /** The text without them, nor with the beginning of one at its end, where it may be cut. */
  String of(String text) {
    String shown = text;
    for (String secret : secrets) {
      shown = shown.replace(secret, Secret.SHOWN);
      shown = withoutBeginning(shown, secret);
    }
    return shown;
  }

  private static String withoutBeginning(String text, String secret) {
    for (int length = Math.min(secret.length() - 1, text.length()); length >= SHORTEST; length--) {
      if (text.regionMatches(text.length() - length, secret, 0, length)) {
        return text.substring(0, text.length() - length) + Secret.SHOWN;
      }
    }
    return text;
  }
}
