package dev.echosounder.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Info;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.Reason;
import dev.echosounder.bus.Stage;
import dev.echosounder.bus.TracingTotals;
import dev.echosounder.metrics.ExpositionParser.Parsed;
import dev.echosounder.metrics.ExpositionParser.ParsedFamily;
import dev.echosounder.settings.Protocol;
import dev.echosounder.settings.TargetId;
import dev.echosounder.testing.SettingsFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds docs/metrics.md, {@link Meters} and a running page to each other. */
class MetricsDocTest {

  private static final Pattern ROW =
      Pattern.compile("\\| `(\\w+)`( †)? \\| (\\w+) \\| (.*?) ?\\| (.*) \\|");

  private static final String MODULES_LABELS = "those of the module";

  private String text;
  private final Map<String, Row> documented = new LinkedHashMap<>();

  private record Row(boolean always, String type, String labels, String meaning) {

    Set<String> labelNames() {
      return Pattern.compile("`(\\w+)`")
          .matcher(labels)
          .results()
          .map(match -> match.group(1))
          .collect(Collectors.toSet());
    }
  }

  @BeforeEach
  void read() throws IOException {
    text = Files.readString(Path.of("docs/metrics.md"));
    for (String line : text.lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        Row family = new Row(row.group(2) == null, row.group(3), row.group(4), row.group(5));
        assertThat(documented.put(row.group(1), family)).as(line).isNull();
      }
    }
  }

  @Test
  void the_page_has_every_documented_family_and_no_other() {
    Parsed page = fullPage();

    Set<String> always = new TreeSet<>(documented.keySet());
    always.removeIf(name -> !documented.get(name).always());
    assertThat(documented.keySet()).containsAll(page.families().keySet());
    assertThat(page.families().keySet()).containsAll(always);
  }

  @Test
  void types_and_labels_are_those_of_the_page() {
    for (ParsedFamily family : fullPage().families().values()) {
      Row row = documented.get(family.name);
      String type = row.type().equals("info") ? "gauge" : row.type();
      assertThat(family.type).as(family.name).isEqualTo(type);
      Set<String> labels = new HashSet<>(family.labelNames());
      if (row.labels().contains("own")) {
        assertThat(labels.remove("team")).as(family.name).isTrue();
      }
      if (row.labels().endsWith(MODULES_LABELS)) {
        assertThat(labels.removeAll(Set.of("banner", "release"))).isTrue();
      }
      assertThat(labels).as(family.name).isEqualTo(row.labelNames());
    }
  }

  @Test
  void the_application_families_are_documented_as_the_code_has_them() {
    for (Family family : Meters.ALL) {
      Row expected =
          new Row(
              true, family.type().name().toLowerCase(Locale.ROOT), labels(family), family.help());
      assertThat(documented.get(family.sampleName())).as(family.name()).isEqualTo(expected);
    }
  }

  @Test
  void the_page_explains_the_application_families_as_the_code_does() {
    Parsed page = fullPage();

    for (Family family : Meters.ALL) {
      assertThat(page.families().get(family.sampleName()).help).isEqualTo(family.help());
    }
  }

  @Test
  void every_phase_and_reason_is_named() {
    for (Phase phase : Phase.values()) {
      assertThat(text).contains("`" + phase.label() + "`");
    }
    for (Reason reason : Reason.values()) {
      assertThat(text).contains("`" + reason.label() + "`");
    }
  }

  private static String labels(Family family) {
    List<String> labels = new ArrayList<>();
    if (family.scope() != Family.Scope.SERVICE) {
      labels.addAll(List.of("`url`", "`name`"));
    }
    if (family.scope() == Family.Scope.LABELLED_TARGET) {
      labels.add("own");
    }
    family.labels().forEach(label -> labels.add("`" + label + "`"));
    if (family.equals(Meters.of(Info.EXPECT))) {
      labels.add(MODULES_LABELS);
    }
    return String.join(", ", labels);
  }

  private static Parsed fullPage() {
    try (FakeService service = new FakeService()) {
      Map<Protocol, TargetId> each = new EnumMap<>(Protocol.class);
      for (Protocol protocol : Protocol.values()) {
        each.put(protocol, Results.target(1 + each.size()));
      }
      service.loop(0, new AtomicLong(1));
      service.prober(1, 1);
      service.tracing(new TracingTotals(1, 2, 3));
      service.start(SettingsFixture.withEveryFamily(each.values().toArray(TargetId[]::new)), 1);
      each.forEach(
          (protocol, target) ->
              service.bus.publish(
                  Address.PROBE_RESULTS, Results.told(Results.full(target, protocol))));
      service.flush();
      failARequest(service);
      return service.parsed();
    }
  }

  private static void failARequest(FakeService service) {
    service
        .bus
        .request(Address.STAGE, Stage.RUNNING, FakeService.LONG)
        .otherwiseEmpty()
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }
}
