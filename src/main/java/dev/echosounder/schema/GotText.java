package dev.echosounder.schema;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.regex.Pattern;

/** How a value that is wrong is named in a problem: by itself only where it cannot be a secret. */
final class GotText {

  /** Userinfo, a query or a header put at a wrong place. */
  private static final Pattern SUSPICIOUS = Pattern.compile("[@?]|: |.{81}", Pattern.DOTALL);

  /** What may hold a password, in a name too that was written with it. */
  private static final Set<String> WITH_SECRETS = Set.of("target-url", "user-name");

  private GotText() {}

  /**
   * Names a value.
   *
   * @param node what may be at its place
   */
  static String of(Object value, SchemaNode node) {
    if (value == null) {
      return "nothing";
    }
    if (value instanceof JsonObject) {
      return "a mapping";
    }
    if (value instanceof JsonArray list) {
      return list.isEmpty() ? "an empty list" : "a list";
    }
    if (value instanceof String text) {
      boolean open = !node.secret() && !WITH_SECRETS.contains(node.format());
      boolean plain = !node.accepts("object") && !node.accepts("array");
      return open && plain && !SUSPICIOUS.matcher(text).find() ? Json.encode(text) : "a text";
    }
    if (node.secret()) {
      return value instanceof Boolean ? "true or false" : "a number";
    }
    return value.toString();
  }
}
