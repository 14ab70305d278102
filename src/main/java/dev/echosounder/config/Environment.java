package dev.echosounder.config;

import dev.echosounder.schema.ConfigSchema;
import dev.echosounder.schema.KeyPath;
import dev.echosounder.schema.SchemaNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The environment variables that set a key: one for each key of the schema whose value is one text,
 * {@code ECHOSOUNDER_HTTP_PORT} for {@code http.port}. The words of a list are separated by commas:
 * {@code ECHOSOUNDER_ROLES=echo,prober}. An empty variable is not set.
 *
 * @param values the values of those that are set, by key
 * @param warnings about those that name no key
 */
record Environment(Map<KeyPath, String> values, List<String> warnings) {

  static final String PREFIX = "ECHOSOUNDER_";

  /** Names the configuration file; no key. */
  static final String FILE = PREFIX + "CONFIG";

  private static final String DECIMAL = "-?\\d{1,18}(\\.\\d{1,18})?";

  Environment {
    values = Map.copyOf(values);
    warnings = List.copyOf(warnings);
  }

  /** Picks the variables that set keys of the schema. */
  static Environment of(Map<String, String> variables, ConfigSchema schema) {
    Map<String, KeyPath> keys =
        schema.ofOneText().stream().collect(Collectors.toMap(Environment::variable, key -> key));
    SortedMap<String, String> ours = new TreeMap<>();
    variables.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX) && !name.equals(FILE) && !value.isEmpty()) {
            ours.put(name, value);
          }
        });
    return new Environment(
        ours.entrySet().stream()
            .filter(variable -> keys.containsKey(variable.getKey()))
            .collect(
                Collectors.toMap(variable -> keys.get(variable.getKey()), Map.Entry::getValue)),
        ours.keySet().stream()
            .filter(name -> !keys.containsKey(name))
            .map(name -> name + ": names no key that a variable can set, ignored")
            .toList());
  }

  /** The variable that sets a key, or the list that the key is an element of. */
  static String variable(KeyPath key) {
    return key.steps().stream()
        .filter(String.class::isInstance)
        .map(step -> ((String) step).toUpperCase(Locale.ROOT))
        .collect(Collectors.joining("_", PREFIX, ""));
  }

  /** The file that the environment names. */
  static Optional<String> file(Map<String, String> variables) {
    return Optional.ofNullable(variables.get(FILE)).filter(name -> !name.isEmpty());
  }

  /** The values in the form of a configuration, typed by the schema where they can be. */
  JsonObject layer(SchemaNode root) {
    JsonObject layer = new JsonObject();
    values.forEach((key, text) -> put(layer, key, typed(text, root.at(key).orElseThrow())));
    return layer;
  }

  private static void put(JsonObject layer, KeyPath key, Object value) {
    JsonObject section = layer;
    List<Object> steps = key.steps();
    for (Object step : steps.subList(0, steps.size() - 1)) {
      section =
          (JsonObject) section.getMap().computeIfAbsent((String) step, any -> new JsonObject());
    }
    section.put((String) steps.get(steps.size() - 1), value);
  }

  private static Object typed(String text, SchemaNode node) {
    if (node.listsWords()) {
      return new JsonArray(
          Arrays.stream(text.split(",", -1)).map(String::strip).collect(Collectors.toList()));
    }
    if (node.accepts("integer") && text.matches("-?\\d{1,18}")) {
      return Long.valueOf(text);
    }
    if (node.accepts("number") && !node.accepts("string") && text.matches(DECIMAL)) {
      return Double.valueOf(text);
    }
    boolean flag = text.equals("true") || text.equals("false");
    return node.accepts("boolean") && flag ? (Object) Boolean.valueOf(text) : text;
  }
}
