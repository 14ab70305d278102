package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.schema.ConfigSchema;
import dev.echosounder.schema.KeyPath;
import dev.echosounder.schema.SchemaNode;
import dev.echosounder.schema.YamlText;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.TargetId;
import dev.echosounder.testing.MarkdownTable;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

  private final ConfigSchema schema = new ConfigSchema(new JsonObject(Embedded.SCHEMA.read()));
  private final Map<String, KeyPath> variables =
      schema.ofOneText().stream().collect(Collectors.toMap(KeyPath::toString, key -> key));

  @Test
  void the_table_of_the_page_is_the_schema() throws Exception {
    List<String> rows = new ArrayList<>();
    collect(schema.root(), "", rows);

    List<String> table =
        Files.readAllLines(Path.of("docs", "configuration.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .toList();
    assertThat(table).containsExactlyElementsOf(rows);
  }

  @Test
  void the_shipped_file_has_every_key_with_its_default() throws Exception {
    String yaml = Files.readString(Path.of("conf", "echosounder.yaml"));
    assertThat(Embedded.DEFAULTS.read()).hasToString(yaml);
    assertThat(YamlText.parse(Embedded.DEFAULTS.read().getBytes()))
        .isEqualTo(defaults(schema.root()));
    List<String> rows = new ArrayList<>();
    collect(schema.root(), "", rows);
    assertThat(rows)
        .map(row -> row.substring(3, row.indexOf('`', 3)).replaceAll(".*\\.", ""))
        .allSatisfy(key -> assertThat(yaml).contains(key + ":"));
    assertThat(yaml)
        .startsWith(
            "# yaml-language-server: $schema=../src/main/resources/echosounder.schema.json\n");
  }

  @Test
  void what_is_read_at_the_start_only_is_marked_so() throws Exception {
    List<String> marked = new ArrayList<>();
    List<String> ofTheSameSections = new ArrayList<>();
    for (List<String> row : MarkdownTable.below(Path.of("docs/configuration.md"), "## Keys")) {
      String section = row.get(0).replaceAll("[.\\[].*", "");
      if (row.get(4).equals("yes")) {
        marked.add(row.get(0));
      }
      if (Settings.START_ONLY.contains(section)) {
        ofTheSameSections.add(row.get(0));
      }
    }

    assertThat(marked).isNotEmpty().isEqualTo(ofTheSameSections);
  }

  @Test
  void where_keys_are_those_of_another_place_they_are_the_same() {
    List<SchemaNode> places = new ArrayList<>();
    collectReferences(schema.root(), places);

    assertThat(places)
        .isNotEmpty()
        .allSatisfy(
            place ->
                assertThat(schema.root().at(KeyPath.of(place.sameAs().orElseThrow())))
                    .hasValueSatisfying(other -> assertThat(other.keys()).isEqualTo(place.keys())));
  }

  private static void collectReferences(SchemaNode node, List<SchemaNode> places) {
    if (node.sameAs().isPresent()) {
      places.add(node);
    }
    node.keys().forEach(key -> collectReferences(node.key(key).orElseThrow(), places));
    node.item().ifPresent(item -> collectReferences(item, places));
    node.key("any key")
        .filter(any -> !any.keys().isEmpty())
        .ifPresent(any -> collectReferences(any, places));
  }

  @Test
  void keys_that_exclude_each_other_do_so_from_both_sides() {
    assertExclusions(schema.root());
  }

  private static void assertExclusions(SchemaNode node) {
    for (String key : node.keys()) {
      SchemaNode child = node.key(key).orElseThrow();
      assertThat(child.excludes())
          .allSatisfy(other -> assertThat(node.key(other).orElseThrow().excludes()).contains(key));
      assertExclusions(child);
    }
    node.item().ifPresent(ConfigurationPageTest::assertExclusions);
    node.key("any key").ifPresent(ConfigurationPageTest::assertExclusions);
  }

  @Test
  void every_place_of_the_schema_says_what_is_expected() {
    assertExpected(schema.root());
  }

  @Test
  void labels_that_series_have_of_themselves_are_refused() {
    String names =
        schema
            .root()
            .at(new KeyPath(List.of("targets", 0, "labels")))
            .flatMap(SchemaNode::names)
            .orElseThrow()
            .json()
            .getString("pattern");

    assertThat(TargetId.RESERVED_LABELS).noneMatch(label -> label.matches(names));
    assertThat("team").matches(names);
  }

  private static void assertExpected(SchemaNode node) {
    assertThat(node.expected()).as(node.json().encode()).isNotBlank();
    node.keys().forEach(key -> assertExpected(node.key(key).orElseThrow()));
    node.item().ifPresent(ConfigurationPageTest::assertExpected);
    node.names().ifPresent(names -> assertThat(names.expected()).isNotBlank());
    node.key("any key").ifPresent(ConfigurationPageTest::assertExpected);
  }

  private static JsonObject defaults(SchemaNode node) {
    JsonObject defaults = new JsonObject();
    for (String key : node.keys()) {
      SchemaNode child = node.key(key).orElseThrow();
      if (!child.keys().isEmpty()) {
        defaults.put(key, defaults(child));
      } else if (child.json().containsKey("default")) {
        defaults.put(key, child.json().getValue("default"));
      }
    }
    return defaults;
  }

  private void collect(SchemaNode node, String path, List<String> rows) {
    for (String key : node.keys()) {
      SchemaNode child = node.key(key).orElseThrow();
      if (child.sameAs().isPresent()) {
        rows.add(row(path + key, child));
      } else if (child.keys().isEmpty()) {
        rows.add(row(path + key, child));
        child
            .key("any key")
            .filter(module -> !module.keys().isEmpty())
            .ifPresent(module -> collect(module, path + key + ".NAME.", rows));
        child
            .item()
            .filter(item -> !item.keys().isEmpty())
            .ifPresent(item -> collect(item, path + key + "[].", rows));
      } else {
        collect(child, path + key + ".", rows);
      }
    }
  }

  private String row(String path, SchemaNode node) {
    Object value = node.json().getValue("default");
    String text = value instanceof String s && !s.isEmpty() ? s : Json.encode(value);
    return "| `%s` | %s | %s | %s | %s | %s |"
        .formatted(
            path,
            node.expected(),
            value == null ? "" : "`" + text + "`",
            variables.containsKey(path)
                ? "`" + Environment.variable(variables.get(path)) + "`"
                : "",
            node.restart() ? "yes" : "",
            node.json().getString("description"));
  }
}
