package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.schema.ConfigSchema;
import dev.echosounder.schema.SchemaNode;
import dev.echosounder.testing.MarkdownTable;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebConfigurationPageTest {

  private static final Path PAGE = Path.of("docs/web-configuration.md");

  private final SchemaNode root =
      new ConfigSchema(new JsonObject(Embedded.WEB_SCHEMA.read())).root();

  @Test
  void the_table_of_keys_is_the_schema() throws Exception {
    List<List<String>> rows = new ArrayList<>();
    collect(root, "", rows);

    assertThat(MarkdownTable.below(PAGE, "## Keys")).containsExactlyElementsOf(rows);
  }

  @Test
  void every_suite_and_no_other_is_on_the_page() throws Exception {
    SchemaNode suites =
        root.key("tls_server_config").flatMap(tls -> tls.key("cipher_suites")).orElseThrow();

    assertThat(MarkdownTable.below(PAGE, "## Cipher suites"))
        .extracting(row -> row.get(0))
        .isEqualTo(suites.item().orElseThrow().json().getJsonArray("enum").getList());
  }

  private static void collect(SchemaNode node, String path, List<List<String>> rows) {
    for (String key : node.keys()) {
      SchemaNode child = node.key(key).orElseThrow();
      if (child.keys().isEmpty()) {
        rows.add(row(path + key, child));
      } else {
        collect(child, path + key + ".", rows);
      }
    }
  }

  private static List<String> row(String path, SchemaNode node) {
    Object value = node.json().getValue("default");
    String text = value instanceof String plain ? plain : Json.encode(value);
    return List.of(
        path, node.expected(), value == null ? "" : text, node.json().getString("description"));
  }
}
