package dev.echosounder.reader;

import dev.echosounder.schema.KeyPath;
import dev.echosounder.schema.Problems;
import dev.echosounder.schema.Section;
import dev.echosounder.settings.Secret;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the headers of modules and targets. */
record HeadersReader(Problems problems, FilesReader files) {

  /** The prober sets these by itself: a second one would make the request ambiguous (RFC 9112). */
  private static final Set<String> FRAMING =
      Set.of("content-length", "transfer-encoding", "connection", "upgrade");

  /** The headers below {@code headers}. */
  Map<String, Secret> read(Section section) {
    Map<String, Secret> headers = section.texts("headers", Secret::new);
    checkNames(section.at("headers"), headers.keySet());
    return headers;
  }

  /** Those below {@code headers} and {@code http_headers}; their names in any case of letters. */
  Map<String, List<Secret>> all(Section http) {
    Map<String, List<Secret>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    read(http).forEach((name, value) -> all.put(name, new ArrayList<>(List.of(value))));
    Section lists = http.section("http_headers");
    checkNames(lists.path(), lists.json().fieldNames());
    for (String name : lists.json().fieldNames()) {
      List<Secret> values = values(lists.section(name));
      if (!values.isEmpty()) {
        all.computeIfAbsent(name, any -> new ArrayList<>()).addAll(values);
      }
    }
    return all;
  }

  /** The headers of a mapping of names to lists of values. */
  Map<String, List<Secret>> lists(Section section, String key) {
    Map<String, List<Secret>> lists = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Section mapping = section.section(key);
    checkNames(mapping.path(), mapping.json().fieldNames());
    JsonObject json = mapping.json();
    json.fieldNames()
        .forEach(name -> lists.put(name, mapping.list(name, text -> new Secret((String) text))));
    return lists;
  }

  private List<Secret> values(Section section) {
    List<Secret> values = new ArrayList<>();
    for (String key : List.of("values", "secrets")) {
      values.addAll(section.list(key, text -> new Secret((String) text)));
    }
    section
        .elements("files", (place, path) -> files.headerValue(place, (String) path))
        .forEach(value -> value.ifPresent(values::add));
    return values;
  }

  private void checkNames(KeyPath place, Collection<String> headers) {
    Set<String> names = new HashSet<>();
    for (String name : headers) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (FRAMING.contains(lower)) {
        problems.add(
            place.key(name),
            "a header that the prober sets itself",
            "none of " + String.join(", ", sorted()));
      } else if (!names.add(lower)) {
        problems.add(place.key(name), "a header twice, in other letters", "it once");
      }
    }
  }

  private static Set<String> sorted() {
    return new TreeSet<>(FRAMING);
  }
}
