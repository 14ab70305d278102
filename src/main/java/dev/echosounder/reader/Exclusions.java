package dev.echosounder.reader;

import dev.echosounder.schema.KeyPath;
import dev.echosounder.schema.Problems;
import dev.echosounder.schema.SchemaNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keys that may not be in use beside each other, as the schema tells by {@code excludes}. */
record Exclusions(Problems problems) {

  /** Finds them in a mapping and all below it; each pair is told once, at its later key. */
  void check(KeyPath path, Object value, SchemaNode node) {
    if (value instanceof JsonArray list && node.item().isPresent()) {
      SchemaNode item = node.item().get();
      for (int i = 0; i < list.size(); i++) {
        check(path.item(i), list.getValue(i), item);
      }
    } else if (value instanceof JsonObject object) {
      object.forEach(
          entry ->
              node.key(entry.getKey())
                  .ifPresent(child -> check(path.key(entry.getKey()), entry.getValue(), child)));
      checkKeys(path, object, node);
    }
  }

  private void checkKeys(KeyPath path, JsonObject object, SchemaNode node) {
    Set<String> used = new HashSet<>();
    for (String key : node.keys()) {
      if (inUse(object.getValue(key))) {
        excludes(node, key).stream()
            .filter(used::contains)
            .findFirst()
            .ifPresent(
                other ->
                    problems.add(path.key(key), "this key beside " + other, "only one of the two"));
        used.add(key);
      }
    }
  }

  private static boolean negation(String key, String other) {
    return key.equals("no_" + other) || other.equals("no_" + key);
  }

  private static boolean inUse(Object value) {
    return value != null && !value.equals(false) && !value.equals("");
  }

  /** A mapping with the keys of another one in place of its own, and of those that they exclude. */
  static JsonObject replaced(JsonObject base, JsonObject replacing, SchemaNode node) {
    JsonObject replaced = new JsonObject();
    base.forEach(entry -> replaced.put(entry.getKey(), entry.getValue()));
    for (String key : replacing.fieldNames()) {
      excludes(node, key).stream()
          .filter(other -> inUse(replacing.getValue(key)) || negation(key, other))
          .forEach(replaced::remove);
    }
    replacing.forEach(entry -> replaced.put(entry.getKey(), entry.getValue()));
    return replaced;
  }

  private static Collection<String> excludes(SchemaNode node, String key) {
    return node.key(key).map(SchemaNode::excludes).orElse(List.of());
  }
}
