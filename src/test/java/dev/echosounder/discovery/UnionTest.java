package dev.echosounder.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.bus.DiscoveryTotals.Mechanism;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Target;
import dev.echosounder.settings.TargetId;
import dev.echosounder.settings.TargetUrl;
import dev.echosounder.settings.TcpOptions;
import dev.echosounder.testing.TestSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnionTest {

  private static final Source FILE = new Source(Mechanism.FILE, "a.yml");

  private static Target configured(String url, String name) {
    TargetUrl parsed = TargetUrl.parse(url, Set.of());
    return new Target(
        new TargetId(parsed.shown(), Optional.ofNullable(name), Map.of()),
        parsed,
        Module.http2xx(),
        Duration.ofSeconds(15),
        Duration.ofSeconds(5),
        Map.of());
  }

  private static Settings settings(Target... targets) {
    return new TestSettings().targets(List.of(targets)).build();
  }

  private static Sources.Told told(Source source, String... groups) {
    String json = "[" + String.join(",", groups).replace('\'', '"') + "]";
    Answer answer =
        new Documents(new TargetMaker(settings())).json(json.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.problem()).isEmpty();
    return new Sources.Told(source, answer.groups().orElseThrow());
  }

  private static String group(String target) {
    return "{'targets': ['" + target + "']}";
  }

  private static String group(String target, String name) {
    return "{'targets': ['" + target + "'], 'labels': {'name': '" + name + "'}}";
  }

  private static List<String> shown(Union union) {
    return union.targets().stream().map(target -> target.id().display()).toList();
  }

  @Test
  void configured_targets_come_first_and_discovered_ones_in_the_order_of_their_sources() {
    Sources sources = new Sources();
    Stream.of(
            told(new Source(Mechanism.HTTP, "http://sd/"), group("h1")),
            told(new Source(Mechanism.FILE, "b.yml"), group("h2"), group("h0")),
            told(new Source(Mechanism.FILE, "a.yml"), group("h3")))
        .forEach(told -> sources.take(told.source(), Answer.good(told.groups())));

    Union union = Union.of(settings(configured("http://z/", null)), sources.told());

    assertThat(shown(union))
        .containsExactly("http://z/", "http://h3", "http://h2", "http://h0", "http://h1");
    assertThat(union.taken(Mechanism.FILE)).isEqualTo(3);
    assertThat(union.taken(Mechanism.HTTP)).isOne();
    assertThat(union.warnings()).isEmpty();
  }

  @Test
  void the_same_target_is_taken_once_and_the_configured_one_stays() {
    Target known = configured("http://h/", null);

    Union union =
        Union.of(
            settings(known),
            List.of(
                told(FILE, group("http://h/"), group("b"), group("b")),
                told(new Source(Mechanism.HTTP, "http://sd/"), group("b"))));

    assertThat(union.targets()).hasSize(2).contains(known);
    assertThat(union.warnings()).isEmpty();
    assertThat(union.leftOut(Mechanism.FILE)).isZero();
  }

  @Test
  void a_target_that_clashes_is_left_out_and_told_by_its_url_as_shown() {
    Union union =
        Union.of(
            settings(configured("http://h/", null), configured("http://n/", "taken")),
            List.of(
                told(
                    FILE,
                    group("http://h/", "second"),
                    group("http://n/"),
                    group("http://x/", "taken"),
                    group("http://y/", "http://h/"),
                    group("http://u:hunter2@z/", "http://u:hunter2@z/"),
                    group("http://n/", "other"),
                    group("http://n/", "other"))));

    assertThat(shown(union)).containsExactly("http://h/", "taken", "http://u:hunter2@z/", "other");
    assertThat(union.leftOut(Mechanism.FILE)).isEqualTo(4);
    assertThat(union.warnings())
        .containsExactly(
            "file a.yml: http://h/: another target is shown the same, and not each has a name",
            "file a.yml: http://n/: another target is shown the same, and not each has a name",
            "file a.yml: http://x/: another target has its name",
            "file a.yml: http://y/: its name is the URL of a target");
  }

  @Test
  void one_that_is_named_like_the_url_of_a_later_one_stays() {
    Union union = Union.of(settings(), List.of(told(FILE, group("a", "http://b"), group("b"))));

    assertThat(shown(union)).containsExactly("http://b");
    assertThat(union.warnings())
        .containsExactly("file a.yml: http://b: its URL is the name of another target");
  }

  @Test
  void urls_that_differ_in_secrets_only_need_names() {
    Union union =
        Union.of(
            settings(),
            List.of(
                told(
                    FILE,
                    group("http://h/?token=a"),
                    "{'targets': ['http://h/?token=b'], 'labels': {'team': 'pay'}}")));

    assertThat(union.targets()).hasSize(1);
    assertThat(union.warnings()).hasSize(1);
  }

  @Test
  void a_group_whose_module_is_gone_is_left_out_until_it_is_back() {
    List<Sources.Told> told =
        List.of(
            told(
                FILE,
                "{'targets': ['h:1', 'h:2'], 'labels': {'__param_module': 'tcp'}}",
                group("a")));

    Union without = Union.of(settings(), told);
    Module tcp = new Module("tcp", Optional.empty(), TcpOptions.DEFAULT);
    Union with = Union.of(new TestSettings().modules(tcp).build(), told);

    assertThat(shown(without)).containsExactly("http://a");
    assertThat(without.leftOut(Mechanism.FILE)).isEqualTo(2);
    assertThat(without.warnings()).containsExactly("file a.yml: [0] names the unknown module tcp");
    assertThat(shown(with)).containsExactly("h:1", "h:2", "http://a");
  }

  @Test
  void a_target_that_is_none_for_a_changed_module_is_left_out() {
    Module tcp = new Module(Module.DEFAULT_NAME, Optional.empty(), TcpOptions.DEFAULT);

    Union union =
        Union.of(
            new TestSettings().modules(tcp).build(),
            List.of(told(FILE, group("http://a/"), group("b:1"))));

    assertThat(shown(union)).containsExactly("b:1");
    assertThat(union.warnings())
        .containsExactly(
            "file a.yml: [0].targets[0]: got a text that is no target,"
                + " expected host:port or tcp://host:port");
  }
}
