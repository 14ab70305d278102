package dev.echosounder.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Files of YAML as plain maps and lists. */
final class Yaml {

  private Yaml() {}

  static Map<String, Object> read(String file) throws IOException {
    Object document =
        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(Path.of(file)));
    return map(document);
  }

  /** A map, and below its own keys those that the merge key {@code <<} brings. */
  static Map<String, Object> map(Object value) {
    Map<String, Object> merged = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      if (map.containsKey("<<")) {
        merged.putAll(map(map.get("<<")));
      }
      map.forEach((key, each) -> merged.put(key.toString(), each));
    }
    return merged;
  }

  static List<Object> list(Object value) {
    return value instanceof List<?> list ? List.copyOf(list) : List.of();
  }
}
