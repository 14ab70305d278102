package dev.echosounder.schema;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The keys that are read at the start only, as the schema marks them. */
public record RestartKeys(SchemaNode root) {

  /** Those whose values differ, in the order of the schema. */
  public List<String> changed(JsonObject before, JsonObject after) {
    return keys(root, KeyPath.ROOT)
        .filter(key -> !Objects.equals(value(before, key), value(after, key)))
        .map(KeyPath::toString)
        .toList();
  }

  private static Stream<KeyPath> keys(SchemaNode node, KeyPath path) {
    return node.keys().stream()
        .flatMap(
            key -> {
              SchemaNode child = node.key(key).orElseThrow();
              return child.restart() ? Stream.of(path.key(key)) : keys(child, path.key(key));
            });
  }

  private static Object value(JsonObject shown, KeyPath key) {
    Object value = shown;
    for (Object step : key.steps()) {
      value = value instanceof JsonObject section ? section.getValue((String) step) : null;
    }
    return value;
  }
}
