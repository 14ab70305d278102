package dev.echosounder.discovery;

import static dev.echosounder.testing.ScriptedTarget.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.DiscoveryTotals;
import dev.echosounder.bus.DiscoveryTotals.Counts;
import dev.echosounder.bus.DiscoveryTotals.Mechanism;
import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Settings.Discovery.HttpSource;
import dev.echosounder.settings.Settings.Role;
import dev.echosounder.settings.TargetUrl;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.TestSettings;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {

  private static final String JSON = "Content-Type: application/json";

  @TempDir private Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final ScriptedTarget server = ScriptedTarget.http(vertx);
  private final List<Settings> inForce = new CopyOnWriteArrayList<>();
  private final List<DiscoveryTotals> counted = new CopyOnWriteArrayList<>();
  private Discovery discovery;

  @BeforeEach
  void open() {
    on(
        () -> {
          discovery =
              new Discovery(
                  vertx,
                  "echosounder/1.2.3",
                  Duration.ofMillis(20),
                  Duration.ofMillis(10),
                  inForce::add,
                  counted::add);
          return Future.succeededFuture();
        });
  }

  @AfterEach
  void close() {
    on(
        () -> {
          discovery.close();
          return Future.succeededFuture();
        });
    server.close();
    Waiting.on(vertx.close());
  }

  private void on(Supplier<Future<?>> action) {
    Waiting.on(
        Future.future(
            promise ->
                context.runOnContext(any -> action.get().<Object>mapEmpty().onComplete(promise))));
  }

  private void apply(Settings settings) {
    on(() -> discovery.apply(settings));
  }

  private TestSettings settings(String... urls) {
    return settings(Duration.ofHours(1), urls);
  }

  private TestSettings settings(Duration refresh, String... urls) {
    return new TestSettings()
        .discovery(
            new Settings.Discovery(
                List.of(directory.resolve("*.yml").toString()),
                Stream.of(urls)
                    .map(
                        url ->
                            new HttpSource(
                                TargetUrl.parse(url, Set.of("token")), refresh, AddressFilter.ANY))
                    .toList(),
                Duration.ofSeconds(300),
                Duration.ofSeconds(30)));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private List<String> shown() {
    return inForce.get(inForce.size() - 1).targets().stream()
        .map(target -> target.id().display())
        .toList();
  }

  private Counts counts(Mechanism mechanism) {
    return counted.get(counted.size() - 1).counts().get(mechanism);
  }

  private static String groups(String host) {
    return "[{\"targets\": [\"" + host + "\"]}]";
  }

  @Test
  void settings_without_discovery_are_in_force_at_once_as_they_are() {
    Settings settings = new TestSettings().build();

    on(
        () -> {
          discovery.apply(settings);
          assertThat(inForce).containsExactly(settings);
          return Future.succeededFuture();
        });

    assertThat(counted).containsExactly(DiscoveryTotals.NONE);
  }

  @Test
  void files_are_in_force_with_the_settings_and_endpoints_are_not_waited_for() throws IOException {
    write("a.yml", "- targets: [a]\n");
    Promise<NetSocket> asked = Promise.promise();
    server.on("/sd", asked::complete);

    apply(settings(server.url("/sd")).build());

    assertThat(inForce).hasSize(1);
    assertThat(shown()).containsExactly("http://a");
    answer(200, groups("h"), JSON).play(Waiting.on(asked.future()));
    await().until(() -> shown().equals(List.of("http://a", "http://h")));
    assertThat(counts(Mechanism.FILE)).isEqualTo(new Counts(1, 0, 0, 0));
    assertThat(counts(Mechanism.HTTP)).isEqualTo(new Counts(1, 0, 0, 0));
  }

  @Test
  void an_endpoint_that_is_quick_puts_nothing_in_force_before_the_files_do() throws IOException {
    for (int i = 0; i < 500; i++) {
      write("f-" + i + ".yml", "- targets: [a-" + i + "]\n");
    }
    server.on("/sd", answer(200, groups("h"), JSON));

    apply(settings(server.url("/sd")).build());
    await().until(() -> counts(Mechanism.HTTP).targets() == 1);

    assertThat(inForce).allMatch(settings -> settings.targets().size() >= 500);
  }

  @Test
  void a_reload_does_not_disturb_what_stays_configured() throws IOException {
    write("a.yml", "- targets: [a]\n");
    server.on("/sd", answer(200, groups("h"), JSON));
    apply(settings(server.url("/sd")).build());
    // An endpoint that answers before the files are read comes into force together with them.
    await().until(() -> shown().equals(List.of("http://a", "http://h")));
    List<Settings> before = List.copyOf(inForce);

    apply(settings(server.url("/sd")).appName("renamed").build());

    assertThat(inForce).hasSize(before.size() + 1);
    Settings last = inForce.get(before.size());
    assertThat(last.appName()).isEqualTo("renamed");
    assertThat(last.targets()).isEqualTo(before.get(before.size() - 1).targets());
    assertThat(server.accepted()).isOne();
  }

  @Test
  void an_endpoint_keeps_its_targets_while_its_secret_changes_and_loses_them_when_it_goes() {
    server
        .on("/sd?token=a", answer(200, groups("h"), JSON))
        .on("/sd?token=b", answer(401, "", JSON));
    apply(settings(server.url("/sd?token=a")).build());
    await().until(() -> shown().equals(List.of("http://h")));

    apply(settings(server.url("/sd?token=b")).build());
    await().until(() -> counts(Mechanism.HTTP).failing() == 1);
    assertThat(shown()).containsExactly("http://h");
    assertThat(counts(Mechanism.HTTP)).isEqualTo(new Counts(1, 0, 1, 1));

    apply(settings().build());
    assertThat(shown()).isEmpty();
    assertThat(counts(Mechanism.HTTP)).isEqualTo(new Counts(0, 0, 0, 1));
  }

  @Test
  void endpoints_that_are_shown_the_same_are_two() {
    server
        .on("/sd?token=a", answer(200, groups("a"), JSON))
        .on("/sd?token=b", answer(200, groups("b"), JSON));

    apply(settings(server.url("/sd?token=a"), server.url("/sd?token=b")).build());

    await().until(() -> !inForce.isEmpty() && shown().equals(List.of("http://a", "http://b")));
  }

  @Test
  void a_broken_file_keeps_its_targets_and_is_counted() throws IOException {
    write("a.yml", "- targets: [a]\n");
    apply(settings().build());

    write("a.yml", "- targets: 5\n");
    await().until(() -> counts(Mechanism.FILE).failing() == 1);
    assertThat(shown()).containsExactly("http://a");
    assertThat(inForce).hasSize(1);

    write("a.yml", "- targets: [b]\n");
    await().until(() -> shown().equals(List.of("http://b")));
    assertThat(counts(Mechanism.FILE)).isEqualTo(new Counts(1, 0, 0, 1));
  }

  @Test
  void a_file_that_other_settings_take_is_read_again_with_them() throws IOException {
    write("a.yml", "- targets: [a]\n  labels: {__scrape_timeout__: 6m}\n");
    apply(settings().build());
    assertThat(counts(Mechanism.FILE).failing()).isOne();

    apply(
        new TestSettings()
            .discovery(
                new Settings.Discovery(
                    List.of(directory.resolve("*.yml").toString()),
                    List.of(),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(30)))
            .build());

    assertThat(shown()).containsExactly("http://a");
    assertThat(counts(Mechanism.FILE).failing()).isZero();
  }

  @Test
  void without_the_role_of_a_prober_nothing_is_discovered() throws IOException {
    write("a.yml", "- targets: [a]\n");
    server.on("/sd", answer(200, groups("h"), JSON));

    apply(settings(Duration.ofMillis(50), server.url("/sd")).roles(Role.ECHO).build());

    Waiting.on(vertx.timer(200));
    assertThat(shown()).isEmpty();
    assertThat(server.accepted()).isZero();
  }

  @Test
  void of_configurations_that_come_while_one_is_made_ready_the_last_is_in_force()
      throws IOException {
    StringBuilder many = new StringBuilder("- targets:\n");
    for (int i = 0; i < 20_000; i++) {
      many.append("  - http://host-").append(i).append(".example/\n");
    }
    write("a.yml", many.toString());
    apply(settings().build());

    on(
        () -> {
          List<Future<?>> all = new CopyOnWriteArrayList<>();
          for (int i = 0; i < 10; i++) {
            all.add(discovery.apply(settings().appName("name-" + i).build()));
          }
          return Future.all(all);
        });

    Settings last = inForce.get(inForce.size() - 1);
    assertThat(last.appName()).isEqualTo("name-9");
    assertThat(last.targets()).hasSize(20_000);
    assertThat(inForce).hasSizeLessThan(6);
  }

  @Test
  void nothing_is_told_after_the_end() throws IOException {
    apply(settings().build());
    on(
        () -> {
          discovery.close();
          return Future.succeededFuture();
        });

    write("a.yml", "- targets: [a]\n");
    Waiting.on(vertx.timer(200));

    assertThat(inForce).hasSize(1);
  }
}
