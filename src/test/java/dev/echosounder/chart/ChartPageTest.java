package dev.echosounder.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.schema.YamlText;
import dev.echosounder.testing.MarkdownTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds what is said of the chart to what it is. */
class ChartPageTest {

  private static final Path CHART_YAML = Chart.DIRECTORY.resolve("Chart.yaml");
  private static final Path README = Chart.DIRECTORY.resolve("README.md");

  private final JsonObject schema;

  ChartPageTest() throws IOException {
    schema = new JsonObject(Files.readString(Chart.DIRECTORY.resolve("values.schema.json")));
  }

  @Test
  void the_table_of_the_readme_is_the_values() throws IOException {
    List<List<String>> rows =
        DefaultValues.read().stream()
            .map(value -> List.of(value.key(), plain(value.text()), plain(value.comment())))
            .toList();

    assertThat(MarkdownTable.below(README, "## Values")).isEqualTo(rows);
  }

  private static String plain(String text) {
    return text.replace("`", "").strip();
  }

  @Test
  void every_value_has_a_comment() throws IOException {
    assertThat(DefaultValues.read())
        .isNotEmpty()
        .allSatisfy(value -> assertThat(value.comment()).as(value.key()).endsWith("."));
  }

  @Test
  void the_schema_knows_the_values_and_no_others() throws IOException {
    List<String> known = new ArrayList<>();
    List<String> keys = DefaultValues.read().stream().map(DefaultValues.Value::key).toList();
    collect("", schema, keys, known);

    assertThat(known).containsExactlyInAnyOrderElementsOf(keys);
  }

  private void collect(String path, JsonObject node, List<String> keys, List<String> known) {
    JsonObject properties = resolved(node).getJsonObject("properties", new JsonObject());
    for (String key : properties.fieldNames()) {
      String child = path + key;
      if (child.equals("global")) {
        continue;
      }
      known.add(child);
      if (keys.stream().anyMatch(other -> other.startsWith(child + "."))) {
        collect(child + ".", properties.getJsonObject(key), keys, known);
      }
    }
  }

  private JsonObject resolved(JsonObject node) {
    return Optional.ofNullable(node.getString("$ref"))
        .map(ref -> schema.getJsonObject("definitions").getJsonObject(ref.replaceAll(".*/", "")))
        .orElse(node);
  }

  @Test
  void the_schema_says_of_each_value_what_the_values_say() throws IOException {
    JsonObject properties = schema.getJsonObject("properties");

    assertThat(DefaultValues.read())
        .filteredOn(value -> !value.key().contains("."))
        .allSatisfy(
            value ->
                assertThat(properties.getJsonObject(value.key()).getString("description"))
                    .isEqualTo(value.comment()));
  }

  @Test
  void the_schema_refuses_unknown_keys_wherever_keys_are_the_charts_own() {
    List<String> open = new ArrayList<>();
    searchOpen("", schema, open);

    assertThat(open)
        .containsExactlyInAnyOrder(
            // The program's own file, and objects of the Kubernetes API that are handed on.
            "properties.config",
            "properties.config.properties.http",
            "properties.config.properties.management",
            "properties.config.properties.shutdown",
            "properties.config.properties.tracing",
            "properties.extraVolumes.items",
            "properties.global");
  }

  private static void searchOpen(String path, JsonObject node, List<String> open) {
    boolean mapping = "object".equals(node.getValue("type"));
    boolean handedOn = node.size() == 1;
    if (mapping && !handedOn && !node.containsKey("additionalProperties")) {
      open.add(path);
    }
    for (String key : node.fieldNames()) {
      String child = path.isEmpty() ? key : path + "." + key;
      if (node.getValue(key) instanceof JsonObject object) {
        searchOpen(child, object, open);
      }
    }
  }

  @Test
  void the_chart_is_of_the_version_of_the_program() throws Exception {
    JsonObject chart = YamlText.parse(Files.readAllBytes(CHART_YAML));
    String version = version();

    assertThat(chart.getString("appVersion")).isEqualTo(version);
    JsonObject annotations = chart.getJsonObject("annotations");
    JsonArray images =
        YamlText.list(
            annotations.getString("artifacthub.io/images").getBytes(StandardCharsets.UTF_8));
    assertThat(images.stream().map(image -> ((JsonObject) image).getString("image")))
        .containsExactly(
            "echosounder/echosounder:" + version,
            "echosounder/siege:" + version,
            "curlimages/curl:" + testTag());
  }

  private static String version() throws IOException {
    Matcher version =
        Pattern.compile("<artifactId>echosounder</artifactId>\\s*<version>(.*?)</version>")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertThat(version.find()).isTrue();
    return version.group(1);
  }

  private static String testTag() throws IOException {
    return DefaultValues.read().stream()
        .filter(value -> value.key().equals("test.image.tag"))
        .map(value -> value.text().replace("\"", ""))
        .findFirst()
        .orElseThrow();
  }
}
