package dev.echosounder.integration;

import static dev.echosounder.integration.Subject.eventually;
import static dev.echosounder.testing.ScriptedTarget.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.testing.MetricsPage;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class TargetsTest {

  private static final String HISTORY = "/history?url=http%3A%2F%2F127.0.0.1%3A1%2Fa";

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final ScriptedTarget target = ScriptedTarget.http(vertx);

  @AfterEach
  void stop() {
    target.close();
    Waiting.on(vertx.close());
  }

  @Test
  void history_tells_the_newest_results_of_a_target_until_it_is_gone() throws IOException {
    try (Subject service = Subject.start(folder, "urls: ['http://127.0.0.1:1/a']")) {
      eventually(
          () -> {
            assertThat(service.query()).isNotEmpty();
            assertThat(results(service)).hasSizeGreaterThan(2);
          });
      JsonArray results = results(service);
      assertThat(results.getJsonObject(0).getString("reason")).isEqualTo("refused");
      assertThat(results.getJsonObject(0).getString("checked_at"))
          .isGreaterThanOrEqualTo(results.getJsonObject(1).getString("checked_at"));

      Subject.write(folder, "urls: ['http://127.0.0.1:1/a']", "history: {results: 1}");
      eventually(
          () -> assertThat(results(service)).isEqualTo(new JsonArray().add(results.getValue(0))));

      Subject.write(folder, "urls: ['http://127.0.0.1:1/b']");
      eventually(() -> assertThat(service.get(HISTORY).statusCode()).isEqualTo(404));
    }
  }

  @Test
  void every_attempt_is_counted_and_kept_and_only_the_last_is_the_verdict() throws IOException {
    String retried = "{url: 'http://127.0.0.1:1/a', retries: 2, retry_interval: 10ms}";
    try (Subject service = Subject.start(folder, "targets: [" + retried + "]")) {
      eventually(
          () ->
              assertThat(service.metrics())
                  .contains("probe_success{url=\"http://127.0.0.1:1/a\"} 0")
                  .contains(
                      "probe_attempts_total{url=\"http://127.0.0.1:1/a\",reason=\"refused\"} 3"));

      assertThat(results(service).stream().map(one -> ((JsonObject) one).getBoolean("final")))
          .containsExactly(null, false, false);
    }
  }

  private static JsonArray results(Subject service) throws IOException {
    return service
        .json(HISTORY)
        .getJsonObject("response")
        .getJsonObject("http://127.0.0.1:1/a")
        .getJsonArray("results");
  }

  @Test
  void targets_come_from_files_and_endpoints_too() throws IOException {
    target.on("/of-a-file", answer(200, "")).on("/of-an-endpoint", answer(200, ""));
    target.on(
        "/sd",
        answer(
            200,
            "[{\"targets\": [\"%s\"]}]".formatted(target.url("/of-an-endpoint")),
            "Content-Type: application/json"));
    Files.writeString(
        folder.resolve("more.yml"), "- targets: ['%s']\n".formatted(target.url("/of-a-file")));
    try (Subject service =
        Subject.start(
            folder,
            "targets_files: [more.yml]",
            "targets_http: [{url: '%s', refresh_interval: 300ms}]".formatted(target.url("/sd")))) {
      eventually(
          () ->
              assertThat(service.metrics())
                  .contains("probe_success{url=\"" + target.url("/of-a-file") + "\"} 1\n")
                  .contains("probe_success{url=\"" + target.url("/of-an-endpoint") + "\"} 1\n"));
    }
  }

  @Test
  void any_target_is_probed_by_any_module_and_a_module_shows_no_secret() throws IOException {
    target.on("/up", answer(200, "{\"status\": \"fine\"}", "Content-Type: application/json"));
    try (Subject service =
        Subject.start(
            folder,
            "modules:",
            "  fine:",
            "    prober: http",
            "    http:",
            "      headers: {X-Key: canary}",
            "      fail_if_body_json_not_matches_cel: \"body.status == 'fine'\"",
            "  sick:",
            "    prober: http",
            "    http: {fail_if_body_not_matches_regexp: [sick]}")) {
      String probe = "/probe?target=" + target.url("/up") + "&module=";

      MetricsPage fine = service.page(probe + "fine");
      MetricsPage sick = service.page(probe + "sick");
      String debug = service.get(probe + "fine&debug=true").body();

      assertThat(fine.sum("probe_success")).isOne();
      assertThat(sick.sum("probe_success")).isZero();
      assertThat(sick.all("probe_failure_info").get(0).label("reason")).isEqualTo("assertion");
      assertThat(target.requests().get(0)).contains("canary");
      assertThat(debug).contains("== Timeline ==", "<secret>").doesNotContain("canary");
    }
  }
}
