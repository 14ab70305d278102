package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.schema.ConfigSchema;
import dev.echosounder.schema.KeyPath;
import dev.echosounder.schema.SchemaNode;
import dev.echosounder.testing.MarkdownTable;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the options of docs/migrating-from-blackbox.md and the schema to each other. */
class MigrationPageTest {

  private static final Path PAGE = Path.of("docs/migrating-from-blackbox.md");
  private static final Set<String> OURS = Set.of("ip_protocol", "debug_body_size");

  private final SchemaNode module =
      new ConfigSchema(new JsonObject(Embedded.SCHEMA.read()))
          .root()
          .key("modules")
          .flatMap(modules -> modules.key("any"))
          .orElseThrow();

  @ParameterizedTest
  @CsvSource({"http,http", "tcp,tcp", "dns,dns", "grpc,grpc", "tls_config,http.tls_config"})
  void every_option_of_a_section_has_its_row_and_no_other(String section, String path)
      throws IOException {
    SchemaNode node = module.at(KeyPath.of(path)).orElseThrow();
    Set<String> known = new TreeSet<>(node.keys());
    known.removeAll(OURS);

    assertThat(keys(section)).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void every_key_of_a_module_has_its_row() throws IOException {
    Set<String> known = new TreeSet<>(module.keys());
    known.addAll(module.json().getJsonObject("unsupported").fieldNames());

    assertThat(keys("module")).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void what_is_ours_is_named() throws IOException {
    String page = Files.readString(PAGE);

    assertThat(OURS).allSatisfy(key -> assertThat(page).contains("`" + key + "`"));
  }

  private static List<String> keys(String section) throws IOException {
    return MarkdownTable.below(PAGE, "## Module options").stream()
        .filter(row -> row.get(0).equals(section))
        .map(row -> row.get(1))
        .collect(Collectors.toList());
  }
}
