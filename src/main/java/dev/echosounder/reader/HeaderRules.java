package dev.echosounder.reader;

import dev.echosounder.schema.KeyPath;
import dev.echosounder.schema.Problems;
import dev.echosounder.schema.Section;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.Secret;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Checks headers against the options that set the same ones. */
record HeaderRules(Problems problems) {

  private static final String AUTHORIZATION = "Authorization";

  /** Refuses a header beside the credentials that would replace it. */
  void checkAuthorization(Section section, Collection<String> headers, HttpOptions.Client client) {
    boolean other = client.credentials().isPresent() || client.oauth2().isPresent();
    headers.stream()
        .filter(name -> other && name.equalsIgnoreCase(AUTHORIZATION))
        .forEach(
            name ->
                problems.add(
                    place(section, name), "this header beside credentials", "only one of the two"));
  }

  /** Adds {@code Accept-Encoding} where nobody set it; refuses one that does not accept. */
  void accept(Section http, Map<String, List<Secret>> headers, String coding) {
    List<Secret> set = headers.get(AcceptEncoding.NAME);
    if (set == null) {
      headers.put(AcceptEncoding.NAME, List.of(new Secret(coding)));
    } else {
      checkAccepted(http, set, coding);
    }
  }

  /** Refuses an {@code Accept-Encoding} that does not accept a coding. */
  void checkAccepted(Section section, List<Secret> values, String coding) {
    if (!AcceptEncoding.of(values.stream().map(Secret::value).toList()).accepts(coding)) {
      problems.add(
          place(section, AcceptEncoding.NAME),
          "a header that does not accept the compression",
          "one that accepts " + coding + ", or none");
    }
  }

  private static KeyPath place(Section section, String name) {
    for (String key : List.of("headers", "http_headers")) {
      Section headers = section.section(key);
      for (String candidate : headers.json().fieldNames()) {
        if (candidate.equalsIgnoreCase(name)) {
          return headers.at(candidate);
        }
      }
    }
    return section.path();
  }
}
