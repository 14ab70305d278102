package dev.echosounder.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One place of the JSON Schema, every {@code $ref} replaced by what it names, with the project's
 * own keywords.
 *
 * @param json its keywords
 */
public record SchemaNode(JsonObject json) {

  /** The schema of the value of a key, if the key may be there. */
  public Optional<SchemaNode> key(String key) {
    JsonObject listed = json.getJsonObject("properties", new JsonObject()).getJsonObject(key);
    return Optional.ofNullable(listed).or(this::anyKey).map(SchemaNode::new);
  }

  private Optional<JsonObject> anyKey() {
    return json.getValue("additionalProperties") instanceof JsonObject any
        ? Optional.of(any)
        : Optional.empty();
  }

  /** The schema of the elements of a list. */
  public Optional<SchemaNode> item() {
    return Optional.ofNullable(json.getJsonObject("items")).map(SchemaNode::new);
  }

  /** Whether the place holds a list whose elements are each one of a few given words. */
  public boolean listsWords() {
    return item().filter(item -> item.json().containsKey("enum")).isPresent();
  }

  /** The schema of the names of keys that are not listed. */
  public Optional<SchemaNode> names() {
    return Optional.ofNullable(json.getJsonObject("propertyNames")).map(SchemaNode::new);
  }

  /** The schema at a place, if the place may be there. */
  public Optional<SchemaNode> at(KeyPath path) {
    Optional<SchemaNode> node = Optional.of(this);
    for (Object step : path.steps()) {
      node = node.flatMap(n -> step instanceof String key ? n.key(key) : n.item());
    }
    return node;
  }

  /** The keys that are listed, in their order. */
  public Collection<String> keys() {
    return json.getJsonObject("properties", new JsonObject()).fieldNames();
  }

  /** The keys that must be there. */
  public List<String> required() {
    return strings("required");
  }

  /** Why a key of blackbox_exporter is refused, if it is one. */
  public Optional<String> unsupported(String key) {
    return Optional.ofNullable(json.getJsonObject("unsupported", new JsonObject()).getString(key));
  }

  /** The keys that may not be in use beside the one of this place. */
  public List<String> excludes() {
    return strings("excludes");
  }

  /** The place whose keys these are, where another place lists the same. */
  public Optional<String> sameAs() {
    return Optional.ofNullable(json.getString("sameAs"));
  }

  /** What a value must be, in words. */
  public String expected() {
    return json.getString("expected");
  }

  /** Whether values are never shown. */
  public boolean secret() {
    return json.getBoolean("secret", false);
  }

  /** Whether a change takes a restart. */
  public boolean restart() {
    return json.getBoolean("restart", false);
  }

  /** The form of a text beyond its type, empty for any. */
  public String format() {
    return json.getString("format", "");
  }

  /** The number of a keyword such as {@code minimum}, where it is there. */
  public OptionalDouble bound(String keyword) {
    Number bound = json.getNumber(keyword);
    return bound == null ? OptionalDouble.empty() : OptionalDouble.of(bound.doubleValue());
  }

  /** Whether a value of this JSON type may be there. */
  public boolean accepts(String type) {
    return types().anyMatch(type::equals);
  }

  private Stream<String> types() {
    Object type = json.getValue("type");
    if (type instanceof JsonArray several) {
      return several.stream().map(String.class::cast);
    }
    // An enum needs no type; all of ours are of texts.
    return Stream.of(type == null ? "string" : (String) type);
  }

  private List<String> strings(String keyword) {
    return json.getJsonArray(keyword, new JsonArray()).stream()
        .map(String.class::cast)
        .collect(Collectors.toList());
  }
}
