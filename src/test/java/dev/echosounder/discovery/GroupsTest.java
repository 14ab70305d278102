package dev.echosounder.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.bus.DiscoveryTotals.Mechanism;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Target;
import dev.echosounder.settings.TcpOptions;
import dev.echosounder.testing.TestSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GroupsTest {

  private static final String PROBLEM = "=> ";
  private static final Module QUICK =
      new Module("quick", Optional.of(Duration.ofSeconds(2)), HttpOptions.DEFAULT);
  private static final Module TCP = new Module("tcp", Optional.empty(), TcpOptions.DEFAULT);

  private final Settings settings =
      new TestSettings()
          .modules(QUICK, TCP)
          .discovery(
              new Settings.Discovery(
                  List.of(), List.of(), Duration.ofSeconds(20), Duration.ofSeconds(30)))
          .build();
  private final TargetMaker maker = new TargetMaker(settings);

  private Answer yaml(String text) {
    return new Documents(maker)
        .file("targets.yml", new FileContent(Optional.of(bytes(text)), "stamp"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<Target> targets(String yaml) {
    Answer answer = yaml(yaml + "\n");
    assertThat(answer.problem()).isEmpty();
    Sources.Told told =
        new Sources.Told(new Source(Mechanism.FILE, "targets.yml"), answer.groups().orElseThrow());
    return Union.of(settings, List.of(told)).targets();
  }

  private Target target(String yaml) {
    List<Target> targets = targets(yaml);
    assertThat(targets).hasSize(1);
    return targets.get(0);
  }

  @Test
  void a_target_without_labels_has_the_defaults() {
    Target target = target("- targets: [example.org]");

    assertThat(target.id().url()).isEqualTo("http://example.org");
    assertThat(target.id().name()).isEmpty();
    assertThat(target.id().labels()).isEmpty();
    assertThat(target.module().name()).isEqualTo("http_2xx");
    assertThat(target.interval()).isEqualTo(Duration.ofSeconds(20));
    assertThat(target.timeout()).as("cut").isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void labels_of_a_group_are_those_of_each_of_its_targets() {
    List<Target> targets =
        targets(
            """
            - targets: ['https://a.example/x', 'b.example:8080']
              labels: {team: pay, env: ''}
            - targets: [c.example]
            """);

    assertThat(targets)
        .map(target -> target.id().url())
        .containsExactly("https://a.example/x", "http://b.example:8080", "http://c.example");
    assertThat(targets)
        .map(target -> target.id().labels())
        .containsExactly(Map.of("team", "pay"), Map.of("team", "pay"), Map.of());
  }

  @Test
  void labels_with_a_meaning_are_understood_and_others_of_their_kind_dropped() {
    Target target =
        target(
            """
            - targets: ['h.example:25']
              labels:
                __param_module: tcp
                __scrape_interval__: 1m
                __scrape_timeout__: 15s
                __meta_anything: x
                __a-b: x
                name: mail
            """);

    assertThat(target.module()).isEqualTo(TCP);
    assertThat(target.id().url()).isEqualTo("h.example:25");
    assertThat(target.interval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(target.timeout()).isEqualTo(Duration.ofSeconds(15));
    assertThat(target.id().name()).contains("mail");
    assertThat(target.id().labels()).isEmpty();
  }

  @Test
  void the_timeout_of_the_module_is_in_force_where_it_is_shorter() {
    String group = "- targets: [h]\n  labels: {__param_module: quick, __scrape_timeout__: %s}";

    assertThat(target(group.formatted("5s")).timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(target(group.formatted("1s")).timeout()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void secrets_of_a_target_are_not_shown() {
    Target target = target("- targets: ['http://u:hunter2@h/?token=hunter2']");

    assertThat(target.id().url()).isEqualTo("http://***@h/?token=***");
    assertThat(yaml("- targets: ['http://u:hunter2@h/']\n").toString()).doesNotContain("hunter2");
  }

  @Test
  void groups_may_be_empty() {
    assertThat(targets("[]")).isEmpty();
    assertThat(targets("- {}\n- targets: []\n- {targets: null, labels: null}")).isEmpty();
  }

  @Test
  void json_is_read_as_well() {
    String json = "[\n\t{\"targets\": [\"h\\u00e9.example\"],\t\"labels\": {\"team\": \"pay\"}}]";
    Answer answer = new Documents(maker).json(bytes(json));

    assertThat(answer.problem()).isEmpty();
    Group group = answer.groups().orElseThrow().get(0);
    assertThat(group.texts()).containsExactly("h\u00e9.example");
    assertThat(group.labels()).containsExactly(Map.entry("team", "pay"));
  }

  @Test
  void a_module_that_is_not_there_is_no_problem_of_the_document() {
    assertThat(yaml("- targets: ['%%%']\n  labels: {__param_module: later}\n").problem()).isEmpty();
  }

  /** Blocks of a document and the line it is answered with, which starts with an arrow. */
  static Stream<Arguments> mistakes() throws IOException {
    try (InputStream in = GroupsTest.class.getResourceAsStream("/discovery/bad-groups.txt")) {
      String table = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      return Arrays.stream(table.split("\n\n", -1))
          .map(block -> block.split("\n" + PROBLEM, 2))
          .map(parts -> Arguments.of(parts[0], parts[1]));
    }
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void a_mistake_is_told_by_its_place(String yaml, String problem) {
    Answer answer = yaml(yaml + "\n");

    assertThat(answer.problem()).isEqualTo(problem);
    assertThat(answer.groups()).isEmpty();
    assertThat(answer.toString()).doesNotContain("hunter2");
  }

  @Test
  void a_document_that_is_no_list_of_groups_is_refused() {
    assertThat(yaml("").problem()).isEqualTo("got an empty document, expected a list");
    assertThat(yaml("# nothing\n").problem()).isEqualTo("got an empty document, expected a list");
    assertThat(yaml("- targets: [a.exam").problem())
        .isEqualTo(
            "got a last line without an end, as of a file that is being written,"
                + " expected a newline at the end");
    assertThat(yaml("[{targets: [a.example]}]").problem()).isEmpty();
    assertThat(yaml("[{targets: [a.exam").problem()).startsWith("line 1: got broken YAML");
  }

  @ParameterizedTest
  @MethodSource("brokenJson")
  void json_that_is_no_list_of_groups_is_refused(String json, String problem) {
    assertThat(new Documents(maker).json(bytes(json)).problem()).isEqualTo(problem);
  }

  static Stream<Arguments> brokenJson() {
    String broken = "got a text that is not JSON or has a key twice, expected JSON";
    String tooMuch =
        "got more than 4000000 tokens or 64 levels, or a text that is too long, expected fewer";
    return Stream.of(
        Arguments.of("", broken),
        Arguments.of("{}", "got a mapping, expected a list"),
        Arguments.of("5", "got a single value, expected a list"),
        Arguments.of("null", "got a single value, expected a list"),
        Arguments.of("[\n{\"targets\": [hunter2]}]", "line 2: " + broken),
        Arguments.of("[{\"targets\": [\"h\"]}", "line 1: " + broken),
        Arguments.of("[] []", broken),
        Arguments.of("[{\"targets\": [],\n\"targets\": []}]", "line 2: " + broken),
        Arguments.of("[".repeat(100), tooMuch),
        Arguments.of("[" + "[],".repeat(2_500_000) + "[]]", tooMuch),
        Arguments.of("[5]", "[0]: got a number, expected a mapping with targets and labels"));
  }
}
