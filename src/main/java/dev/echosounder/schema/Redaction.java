package dev.echosounder.schema;

import dev.echosounder.settings.Secret;
import dev.echosounder.settings.TargetUrl;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes the form of a valid configuration that may be shown.
 *
 * @param secretQueryParameters in lower case
 */
public record Redaction(Set<String> secretQueryParameters) {

  private static final Pattern HTTP_SCHEME = Pattern.compile("(?i)https?://");

  /** A copy with every secret replaced. */
  public Object of(Object value, SchemaNode node) {
    if (value instanceof JsonObject object) {
      JsonObject shown = new JsonObject();
      object.forEach(
          entry ->
              shown.put(
                  entry.getKey(), of(entry.getValue(), node.key(entry.getKey()).orElseThrow())));
      return shown;
    }
    if (value instanceof JsonArray list) {
      JsonArray shown = new JsonArray();
      list.forEach(element -> shown.add(of(element, node.item().orElseThrow())));
      return shown;
    }
    if (node.secret()) {
      return Secret.SHOWN;
    }
    return node.format().equals("target-url") ? url((String) value) : value;
  }

  /** A place without a scheme, of a target that is no web server, has no part that is secret. */
  private String url(String text) {
    return HTTP_SCHEME.matcher(text).lookingAt()
        ? TargetUrl.parse(text, secretQueryParameters).shown()
        : text;
  }
}
