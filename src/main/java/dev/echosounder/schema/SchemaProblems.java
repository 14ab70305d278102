package dev.echosounder.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Words the errors of a JSON Schema validator by the schema, one for each place. */
final class SchemaProblems {

  /** Errors that only say that something below is wrong. */
  private static final Set<String> OUTER = Set.of("properties", "items", "propertyNames");

  private final Map<KeyPath, Problem> found = new LinkedHashMap<>();
  private final SchemaNode root;
  private final JsonObject configuration;

  SchemaProblems(SchemaNode root, JsonObject configuration) {
    this.root = root;
    this.configuration = configuration;
  }

  List<Problem> found() {
    return List.copyOf(found.values());
  }

  /** Adds a problem of a value. */
  void wrong(KeyPath path, Object value, SchemaNode node) {
    add(new Problem(path, GotText.of(value, node), node.expected()));
  }

  private void add(Problem problem) {
    found.putIfAbsent(problem.path(), problem);
  }

  /** Adds what an error of the validator means, if it means anything by itself. */
  void add(OutputUnit error) {
    String location = error.getKeywordLocation();
    String keyword = location.substring(location.lastIndexOf('/') + 1);
    if (OUTER.contains(keyword)) {
      return;
    }
    Place place = find(error.getInstanceLocation());
    if (location.contains("/propertyNames/")) {
      badName(place);
    } else if (place.node().isEmpty()) {
      unknownKey(place);
    } else if (keyword.equals("required")) {
      missingKeys(place, place.node().get());
    } else if (!keyword.equals("additionalProperties")) {
      wrong(place.path(), place.value(), place.node().get());
    }
  }

  private void badName(Place place) {
    String expected = place.parent().names().orElseThrow().expected();
    add(new Problem(place.path(), "a name that is not allowed", expected));
  }

  private void missingKeys(Place place, SchemaNode node) {
    for (String key : node.required()) {
      if (place.value() instanceof JsonObject object && !object.containsKey(key)) {
        wrong(place.path().key(key), null, node.key(key).orElseThrow());
      }
    }
  }

  private void unknownKey(Place place) {
    List<Object> steps = place.path().steps();
    String key = (String) steps.get(steps.size() - 1);
    Optional<String> reason = place.parent().unsupported(key);
    String got =
        reason
            .map(why -> "a key of blackbox_exporter that is not supported (" + why + ")")
            .orElse("an unknown key");
    String hint =
        NearestKey.of(key, place.parent().keys())
            .filter(nearest -> reason.isEmpty())
            .map(nearest -> " (did you mean " + nearest + "?)")
            .orElse("");
    add(new Problem(place.path(), got, "one of " + keys(place.parent()) + hint));
  }

  private static String keys(SchemaNode node) {
    return String.join(", ", node.keys());
  }

  /**
   * A place of the configuration.
   *
   * @param path where
   * @param value what is there
   * @param parent the schema of what holds it
   * @param node its schema, if it may be there
   */
  private record Place(KeyPath path, Object value, SchemaNode parent, Optional<SchemaNode> node) {}

  /** Follows a JSON Pointer in the form of a URI fragment (RFC 6901, section 6). */
  private Place find(String pointer) {
    Place place = new Place(KeyPath.ROOT, configuration, root, Optional.of(root));
    String[] tokens = pointer.split("/", -1);
    for (int i = 1; i < tokens.length && place.node().isPresent(); i++) {
      place = step(place, decode(tokens[i]));
    }
    return place;
  }

  private static Place step(Place from, String token) {
    SchemaNode node = from.node().orElseThrow();
    if (from.value() instanceof JsonArray list) {
      int position = Integer.parseInt(token);
      return new Place(from.path().item(position), list.getValue(position), node, node.item());
    }
    Object value = ((JsonObject) from.value()).getValue(token);
    return new Place(from.path().key(token), value, node, node.key(token));
  }

  private static String decode(String token) {
    try {
      String plain = token.replace("+", "%2B");
      return URLDecoder.decode(plain, StandardCharsets.UTF_8).replace("~1", "/").replace("~0", "~");
    } catch (IllegalArgumentException e) {
      // The validator writes control characters with one digit.
      return token;
    }
  }
}
