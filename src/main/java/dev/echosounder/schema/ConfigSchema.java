package dev.echosounder.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The JSON Schema of the configuration. Not for use by two threads at once, as the validator is
 * not.
 */
public final class ConfigSchema {

  private final SchemaNode root;
  private final Validator validator;

  /**
   * Makes a schema.
   *
   * @param json a JSON Schema of draft 2020-12, every reference to its own {@code $defs}
   */
  public ConfigSchema(JsonObject json) {
    JsonObject resolved = (JsonObject) resolve(json, json.getJsonObject("$defs", new JsonObject()));
    resolved.remove("$defs");
    root = new SchemaNode(resolved);
    // A copy: the validator leaves marks in what it is given.
    validator =
        Validator.create(
            JsonSchema.of(resolved.copy()),
            new JsonSchemaOptions()
                .setBaseUri("urn:echosounder")
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic));
  }

  /** The schema of a whole configuration. */
  public SchemaNode root() {
    return root;
  }

  /** Every problem of a configuration that the schema knows of, one for each place. */
  public List<Problem> check(JsonObject configuration) {
    SchemaProblems problems = new SchemaProblems(root, configuration);
    OutputUnit output = validator.validate(configuration);
    if (output.getErrors() != null) {
      output.getErrors().forEach(problems::add);
    }
    new FormatCheck(problems).check(configuration, root);
    return problems.found();
  }

  /**
   * Every key whose value can be written as one short text: those that hold one value, and lists of
   * a few given words. Nothing below a list or a mapping of names of one's own.
   */
  public List<KeyPath> ofOneText() {
    List<KeyPath> keys = new ArrayList<>();
    collect(root, KeyPath.ROOT, keys);
    return keys;
  }

  private static void collect(SchemaNode node, KeyPath path, List<KeyPath> keys) {
    for (String key : node.keys()) {
      SchemaNode child = node.key(key).orElseThrow();
      if (child.accepts("object")) {
        collect(child, path.key(key), keys);
      } else if (!child.accepts("array") || child.listsWords()) {
        keys.add(path.key(key));
      }
    }
  }

  /** Puts what a {@code $ref} names in its place; the keywords beside the reference win. */
  private static Object resolve(Object value, JsonObject definitions) {
    if (value instanceof JsonArray array) {
      return new JsonArray(array.stream().map(element -> resolve(element, definitions)).toList());
    }
    if (!(value instanceof JsonObject object)) {
      return value;
    }
    JsonObject resolved = new JsonObject();
    if (object.getValue("$ref") instanceof String reference) {
      String name = reference.substring("#/$defs/".length());
      resolved.mergeIn((JsonObject) resolve(definitions.getJsonObject(name), definitions));
    }
    entries(object)
        .filter(entry -> !entry.getKey().equals("$ref"))
        .forEach(entry -> resolved.put(entry.getKey(), resolve(entry.getValue(), definitions)));
    return resolved;
  }

  private static Stream<Map.Entry<String, Object>> entries(JsonObject object) {
    return object.stream();
  }
}
