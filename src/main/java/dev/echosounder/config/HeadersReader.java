package dev.echosounder.config;

import dev.echosounder.settings.Secret;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the headers of modules and targets. */
record HeadersReader(Problems problems) {

  /** The prober sets these by itself: a second one would make the request ambiguous (RFC 9112). */
  private static final Set<String> FRAMING =
      Set.of("content-length", "transfer-encoding", "connection", "upgrade");

  Map<String, Secret> read(Section section) {
    Map<String, Secret> headers = section.texts("headers", Secret::new);
    Set<String> names = new HashSet<>();
    for (String name : headers.keySet()) {
      String lower = name.toLowerCase(Locale.ROOT);
      KeyPath place = section.at("headers").key(name);
      if (FRAMING.contains(lower)) {
        problems.add(
            place,
            "a header that the prober sets itself",
            "none of " + String.join(", ", sorted()));
      } else if (!names.add(lower)) {
        problems.add(place, "a header twice, in other letters", "it once");
      }
    }
    return headers;
  }

  private static Set<String> sorted() {
    return new TreeSet<>(FRAMING);
  }
}
