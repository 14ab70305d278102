package dev.echosounder.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.testing.MarkdownTable;
import dev.echosounder.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the rules to docs/alerts.md, to docs/metrics.md and to their own tests. */
class RulesTest {

  private static final Path PAGE = Path.of("docs/alerts.md");
  private static final String RUNBOOK =
      "https://github.com/echosounder/echosounder/blob/main/docs/alerts.md#";

  private final List<Map<String, Object>> rules =
      Yaml.list(Yaml.read("helm/echosounder/rules/echosounder.yaml").get("groups")).stream()
          .flatMap(group -> Yaml.list(Yaml.map(group).get("rules")).stream())
          .map(Yaml::map)
          .toList();

  RulesTest() throws IOException {}

  private Stream<Map<String, Object>> alerts() {
    return rules.stream().filter(rule -> rule.containsKey("alert"));
  }

  @Test
  void the_table_of_alerts_is_that_of_the_rules() throws IOException {
    List<List<String>> rows = MarkdownTable.below(PAGE, "# Alerts");

    assertThat(rows.stream().map(row -> row.subList(0, 3)))
        .containsExactlyInAnyOrderElementsOf(
            alerts()
                .map(
                    rule ->
                        List.of(
                            "[" + rule.get("alert") + "](#" + anchor(rule) + ")",
                            Yaml.map(rule.get("labels")).get("severity").toString(),
                            Objects.requireNonNullElse(rule.get("for"), "").toString()))
                .toList());
  }

  @Test
  void every_alert_has_a_runbook_and_every_runbook_an_alert() throws IOException {
    List<String> sections =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("## Echosounder"))
            .map(line -> line.substring(3))
            .toList();

    assertThat(alerts().map(rule -> rule.get("alert")))
        .containsExactlyInAnyOrderElementsOf(sections);
    assertThat(alerts())
        .allSatisfy(
            rule ->
                assertThat(Yaml.map(rule.get("annotations")))
                    .containsOnlyKeys("summary", "description", "runbook_url")
                    .containsEntry("runbook_url", RUNBOOK + anchor(rule)));
  }

  @Test
  void every_name_in_an_expression_is_documented_or_recorded() throws IOException {
    Set<String> known = new HashSet<>(MetricNames.documented());
    known.add("up");
    rules.forEach(rule -> known.add(String.valueOf(rule.get("record"))));

    assertThat(rules)
        .allSatisfy(
            rule ->
                assertThat(MetricNames.in(rule.get("expr").toString()))
                    .isNotEmpty()
                    .isSubsetOf(known));
  }

  @Test
  void each_alert_is_tested_as_it_fires() throws IOException {
    Set<Object> fired = new HashSet<>();
    for (Object test :
        Yaml.list(Yaml.read("helm/echosounder/rules/echosounder_test.yaml").get("tests"))) {
      for (Object each : Yaml.list(Yaml.map(test).get("alert_rule_test"))) {
        Map<String, Object> expected = Yaml.map(each);
        if (!Yaml.list(expected.get("exp_alerts")).isEmpty()) {
          fired.add(expected.get("alertname"));
        }
      }
    }

    assertThat(alerts().map(rule -> rule.get("alert")))
        .allSatisfy(alert -> assertThat(fired).contains(alert));
  }

  @Test
  void promtool_finds_no_fault_and_the_tests_pass() throws Exception {
    Tool.needs("promtool");
    Path directory = Path.of("helm/echosounder/rules");

    assertThat(promtool("check", "rules", "--lint=all", directory + "/echosounder.yaml"))
        .contains("SUCCESS");
    assertThat(promtool("test", "rules", directory + "/echosounder_test.yaml")).contains("SUCCESS");
  }

  private static String anchor(Map<String, Object> rule) {
    return rule.get("alert").toString().toLowerCase(Locale.ROOT);
  }

  private static String promtool(String... arguments) throws Exception {
    List<String> command = Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
