package dev.echosounder;

import static dev.echosounder.testing.ScriptedTarget.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Settings.Discovery.HttpSource;
import dev.echosounder.settings.TargetUrl;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.TestSettings;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveredTargetsTest {

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final ScriptedTarget server = ScriptedTarget.http(vertx);

  @AfterEach
  void close() {
    server.close();
    Waiting.on(vertx.close());
  }

  private RunningEchosounder running(HttpSource... endpoints) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("echosounder.yaml"),
            "http: {port: 0, host: 127.0.0.1}\nurls: ['%s']\n".formatted(url("configured")));
    Settings.Discovery discovery =
        new Settings.Discovery(
            List.of(folder.resolve("targets/*.yml").toString()),
            List.of(endpoints),
            Duration.ofMinutes(5),
            Duration.ofSeconds(30));
    return new RunningEchosounder(
        Optional.of(file),
        Map.of(),
        read ->
            new TestSettings()
                .targets(read.targets())
                .metricsRefresh(Duration.ofMillis(100))
                .discovery(discovery)
                .build());
  }

  private String url(String path) {
    return server.url("/" + path);
  }

  private void write(String... paths) throws IOException {
    Path targets = Files.createDirectories(folder.resolve("targets"));
    String urls = String.join(", ", Stream.of(paths).map(this::url).toList());
    Files.writeString(targets.resolve("a.yml"), "- targets: [" + urls + "]\n");
  }

  private void up(RunningEchosounder service, String... paths) {
    await()
        .untilAsserted(
            () -> {
              String page = service.metrics();
              for (String path : paths) {
                assertThat(page).contains("probe_success{url=\"" + url(path) + "\"} 1\n");
              }
              assertThat(page).contains("echosounder_targets " + paths.length + ".0\n");
            });
  }

  private long probes(String path) {
    return server.requests().stream()
        .filter(request -> request.startsWith("GET /" + path + " "))
        .count();
  }

  @Test
  void a_file_is_edited_broken_repaired_and_deleted_and_other_targets_keep_their_schedule()
      throws IOException {
    for (String path : List.of("configured", "kept", "old", "new", "last")) {
      server.on("/" + path, answer(200, ""));
    }
    write("kept", "old");
    try (RunningEchosounder service = running()) {
      up(service, "configured", "kept", "old");

      write("kept", "new");
      up(service, "configured", "kept", "new");

      Files.writeString(folder.resolve("targets/a.yml"), "- targets: 5\n");
      await()
          .untilAsserted(
              () ->
                  assertThat(service.metrics())
                      .contains("echosounder_discovery_failing_sources{mechanism=\"file\"} 1"));
      up(service, "configured", "kept", "new");

      write("last", "kept");
      up(service, "configured", "kept", "last");
      assertThat(service.metrics())
          .contains("echosounder_discovered_targets{mechanism=\"file\"} 2")
          .contains("echosounder_discovery_failing_sources{mechanism=\"file\"} 0")
          .contains("echosounder_discovery_failures_total{mechanism=\"file\"} 1");
      assertThat(probes("kept")).as("a target that is new is probed early").isOne();
      String history = service.get("/history?url=" + url("kept")).bodyAsString();
      assertThat(history).contains("\"ok\"");

      Files.delete(folder.resolve("targets/a.yml"));
      up(service, "configured");
      assertThat(service.metrics()).doesNotContain(url("kept"));
      assertThat(probes("configured")).isOne();
    }
  }

  @Test
  void the_service_is_ready_without_its_endpoints_and_takes_their_targets_when_they_come()
      throws IOException {
    String groups = "[{\"targets\": [\"" + url("new") + "\"], \"labels\": {\"team\": \"pay\"}}]";
    server.on("/configured", answer(200, "")).on("/new", answer(200, ""));
    HttpSource endpoint =
        new HttpSource(
            TargetUrl.parse(url("sd"), Set.of()), Duration.ofMillis(300), AddressFilter.ANY);
    try (RunningEchosounder service = running(endpoint)) {
      assertThat(service.get("/healthcheck/ready").statusCode()).isEqualTo(200);
      await()
          .untilAsserted(
              () ->
                  assertThat(service.metrics())
                      .contains("echosounder_discovery_failing_sources{mechanism=\"http\"} 1"));

      server.on("/sd", answer(200, groups, "Content-Type: application/json"));

      await()
          .untilAsserted(
              () ->
                  assertThat(service.metrics())
                      .contains("probe_success{url=\"" + url("new") + "\",team=\"pay\"} 1"));
      assertThat(service.query().fieldNames()).contains(url("new"));
    }
  }
}
