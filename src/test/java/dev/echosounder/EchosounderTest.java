package dev.echosounder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.echosounder.testing.RawHttp;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EchosounderTest {

  private static final Map<String, String> FREE_PORT =
      Map.of("ECHOSOUNDER_HTTP_PORT", "0", "ECHOSOUNDER_HTTP_HOST", "127.0.0.1");
  private static final String BASE =
      """
      http: {port: 0, host: 127.0.0.1}
      shutdown: {delay: 200ms, drain: 10s, linger: 1s}
      metrics: {refresh_interval: 100ms}
      """;

  @TempDir private Path folder;

  private RunningEchosounder running(String... lines) throws IOException {
    return new RunningEchosounder(Optional.of(write(lines)), Map.of());
  }

  private Path write(String... lines) throws IOException {
    return Files.writeString(
        folder.resolve("echosounder.yaml"), BASE + String.join("\n", lines) + "\n");
  }

  @Test
  void the_first_run_shows_one_target_up_and_one_down() {
    try (RunningEchosounder service = new RunningEchosounder(Optional.empty(), FREE_PORT)) {
      String up = "http://127.0.0.1:" + service.ports().main() + "/status/200";
      String down = "http://127.0.0.1:" + service.ports().main() + "/status/503";

      assertThat(service.query().getJsonObject(up).getInteger("up")).isEqualTo(1);
      JsonObject failed = service.query().getJsonObject(down);
      assertThat(failed.getInteger("up")).isZero();
      assertThat(failed.getInteger("status_code")).isEqualTo(503);
      assertThat(failed.getString("reason")).isEqualTo("status");
      await()
          .untilAsserted(
              () ->
                  assertThat(service.metrics())
                      .contains("sample_external_url_up{url=\"" + up + "\",name=\"demo-up\"} 1\n")
                      .contains(
                          "sample_external_url_up{url=\"" + down + "\",name=\"demo-down\"} 0\n")
                      .containsPattern("app_requests_count_total\\{.*code=\"200\".*} [1-9]")
                      .contains("echosounder_targets 2"));
    }
  }

  @Test
  void with_a_configuration_file_there_is_nothing_but_what_it_says() throws IOException {
    try (RunningEchosounder service = running()) {
      assertThat(service.query()).isEmpty();
      assertThat(service.metrics()).contains("echosounder_targets 0");
    }
  }

  @Test
  void every_echo_answer_is_on_the_metrics_page_and_nothing_else_is_counted() throws IOException {
    try (RunningEchosounder service = running()) {
      for (int i = 0; i < 10; i++) {
        service.get("/anything/at/all");
        service.get("/healthcheck");
        service.get("/config");
      }
      service.request(HttpMethod.POST, service.ports().main(), "/status/418");

      await()
          .untilAsserted(
              () ->
                  assertThat(service.metrics())
                      .contains("app_requests_count_total{code=\"200\",method=\"GET\"} 10")
                      .contains("app_requests_count_total{code=\"418\",method=\"POST\"} 1")
                      .contains("app_request_duration_seconds_count{method=\"GET\"} 10"));
    }
  }

  @Test
  void a_changed_file_is_put_in_force_and_a_broken_one_is_not() throws IOException {
    try (RunningEchosounder service = running("urls: ['http://127.0.0.1:1/a']")) {
      assertThat(service.query().fieldNames()).containsExactly("http://127.0.0.1:1/a");

      write("urls: ['http://127.0.0.1:1/b']", "app_name: renamed");
      await().until(() -> service.query().containsKey("http://127.0.0.1:1/b"));
      assertThat(service.get("/healthcheck").bodyAsJsonObject().getString("app_name"))
          .isEqualTo("renamed");
      assertThat(service.metrics()).doesNotContain("127.0.0.1:1/a\"");

      write("urls: {}", "htpp: {}");
      await()
          .untilAsserted(
              () ->
                  assertThat(service.metrics())
                      .contains("echosounder_config_last_reload_successful 0"));
      assertThat(service.query().fieldNames()).containsExactly("http://127.0.0.1:1/b");
      assertThat(service.get("/config").bodyAsJsonObject().getString("app_name"))
          .isEqualTo("renamed");
    }
  }

  @Test
  void what_only_a_restart_can_change_stays_in_force() throws IOException {
    try (RunningEchosounder service = running("urls: ['http://127.0.0.1:1/a']")) {
      int port = service.ports().main();
      write("roles: [echo]", "app_name: renamed", "management: {port: 1}");

      assertThat(service.request(HttpMethod.POST, port, "/-/reload").statusCode()).isEqualTo(200);

      JsonObject shown = service.get("/config").bodyAsJsonObject();
      assertThat(shown.getString("app_name")).isEqualTo("renamed");
      assertThat(shown.getJsonArray("roles")).containsExactly("echo", "prober");
      assertThat(shown.getJsonObject("management").containsKey("port")).isFalse();
      assertThat(service.get("/queryurl").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void history_tells_the_newest_results_of_a_target_until_it_is_gone() throws IOException {
    String path = "/history?url=http%3A%2F%2F127.0.0.1%3A1%2Fa";
    try (RunningEchosounder service = running("urls: ['http://127.0.0.1:1/a']")) {
      await().until(() -> !service.query().isEmpty() && results(service, path).size() > 2);
      JsonArray results = results(service, path);
      assertThat(results.getJsonObject(0).getString("reason")).isEqualTo("refused");
      assertThat(results.getJsonObject(0).getString("checked_at"))
          .isGreaterThanOrEqualTo(results.getJsonObject(1).getString("checked_at"));

      write("urls: ['http://127.0.0.1:1/a']", "history: {results: 1}");
      await().until(() -> results(service, path).equals(new JsonArray().add(results.getValue(0))));

      write("urls: ['http://127.0.0.1:1/b']");
      await().until(() -> service.get(path).statusCode() == 404);
    }
  }

  @Test
  void every_attempt_is_counted_and_kept_and_only_the_last_is_the_verdict() throws IOException {
    String target = "{url: 'http://127.0.0.1:1/a', retries: 2, retry_interval: 10ms}";
    try (RunningEchosounder service = running("targets: [" + target + "]")) {
      await()
          .untilAsserted(
              () ->
                  assertThat(service.metrics())
                      .contains("probe_success{url=\"http://127.0.0.1:1/a\"} 0")
                      .contains(
                          "probe_attempts_total{url=\"http://127.0.0.1:1/a\",reason=\"refused\"} 3"));

      JsonArray results = results(service, "/history?url=http%3A%2F%2F127.0.0.1%3A1%2Fa");
      assertThat(results.stream().map(result -> ((JsonObject) result).getBoolean("final")))
          .containsExactly(null, false, false);
    }
  }

  private static JsonArray results(RunningEchosounder service, String path) {
    return service
        .get(path)
        .bodyAsJsonObject()
        .getJsonObject("response")
        .getJsonObject("http://127.0.0.1:1/a")
        .getJsonArray("results");
  }

  @Test
  void a_reload_that_is_asked_for_answers_with_every_problem() throws IOException {
    try (RunningEchosounder service = running()) {
      int port = service.ports().main();
      assertThat(service.request(HttpMethod.POST, port, "/-/reload").statusCode()).isEqualTo(200);

      write("urls: 5", "htpp: {}");
      var refused = service.request(HttpMethod.POST, port, "/-/reload");

      assertThat(refused.statusCode()).isEqualTo(500);
      assertThat(refused.bodyAsJsonObject().getJsonArray("problems")).hasSize(2);
      assertThat(refused.bodyAsString()).contains("did you mean http?");
    }
  }

  @Test
  void health_is_ok_once_the_service_has_started() throws IOException {
    try (RunningEchosounder service = running("management: {port: 0}")) {
      assertThat(service.ports().management()).isPresent();
      assertThat(service.get("/healthcheck").statusCode()).isEqualTo(200);
      assertThat(service.get("/healthcheck/ready").statusCode()).isEqualTo(200);
      assertThat(service.get("/healthcheck/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_stop_lets_everything_be_answered_first_and_leaves_time_for_the_last_scrape()
      throws Exception {
    try (RunningEchosounder service = running();
        RawHttp keptAlive = new RawHttp(service.ports().main());
        RawHttp slow = new RawHttp(service.ports().main())) {
      keptAlive.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(keptAlive.head()).doesNotContain("connection: close");
      slow.send("GET /slow?delay=1s HTTP/1.1\r\nHost: x\r\n\r\n");
      await().until(() -> service.metrics().contains("code=\"200\",method=\"GET\"} 1"));

      Future<Void> stopped = service.stop();

      assertThat(service.get("/healthcheck/ready").statusCode()).isEqualTo(503);
      assertThat(service.get("/healthcheck").bodyAsJsonObject().getString("app_status"))
          .isEqualTo("stopping");
      assertThat(service.get("/healthcheck/live").statusCode()).isEqualTo(200);
      assertThat(RawHttp.exchange(service.ports().main(), "GET /2 HTTP/1.1\r\nHost: x\r\n\r\n"))
          .startsWith("HTTP/1.1 200")
          .contains("connection: close");
      assertThat(slow.head()).startsWith("HTTP/1.1 200");
      await()
          .pollInterval(Duration.ofMillis(10))
          .until(
              () ->
                  service.request(HttpMethod.GET, service.ports().main(), "/late").statusCode()
                      == 503);
      assertThat(service.metrics()).contains("code=\"200\",method=\"GET\"} 3");
      Waiting.on(stopped);
      assertThatThrownBy(() -> service.get("/metrics")).hasMessageContaining("refused");
    }
  }

  @Test
  void a_port_that_is_taken_keeps_the_service_from_starting() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> environment =
          Map.of(
              "ECHOSOUNDER_HTTP_PORT",
              "" + taken.getLocalPort(),
              "ECHOSOUNDER_HTTP_HOST",
              "127.0.0.1");

      assertThatThrownBy(() -> new RunningEchosounder(Optional.empty(), environment))
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("Address already in use");
    }
  }

  @Test
  void http_2_without_tls_is_spoken_where_it_is_asked_for() throws Exception {
    Files.writeString(folder.resolve("h2c.yaml"), "http: {port: 0, host: 127.0.0.1, h2c: true}\n");
    Vertx vertx = Vertx.vertx();
    try (RunningEchosounder service =
        new RunningEchosounder(Optional.of(folder.resolve("h2c.yaml")), Map.of())) {
      for (boolean upgrade : new boolean[] {true, false}) {
        HttpClient client =
            vertx.createHttpClient(
                new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(upgrade));
        for (int i = 0; i < 3; i++) {
          assertThat(http2(client, service.ports().main(), HttpMethod.GET, ""))
              .isEqualTo("HTTP_2 200");
        }
        assertThat(http2(client, service.ports().main(), HttpMethod.POST, "body"))
            .isEqualTo("HTTP_2 200");
        Waiting.on(client.close());
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(service.metrics())
                      .contains("app_requests_count_total{code=\"200\",method=\"GET\"} 6")
                      .contains("app_requests_count_total{code=\"200\",method=\"POST\"} 2"));
    } finally {
      Waiting.on(vertx.close());
    }
  }

  @Test
  void a_stop_tells_http_2_clients_to_leave_and_answers_what_they_ask_meanwhile() throws Exception {
    Path config = folder.resolve("h2c.yaml");
    Files.writeString(
        config,
        """
        http: {port: 0, host: 127.0.0.1, h2c: true}
        shutdown: {delay: 2s, drain: 10s, linger: 1s}
        """);
    Vertx vertx = Vertx.vertx();
    try (RunningEchosounder service = new RunningEchosounder(Optional.of(config), Map.of())) {
      HttpClientOptions options =
          new HttpClientOptions()
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setHttp2ClearTextUpgrade(false);
      int port = service.ports().main();
      AtomicInteger told = new AtomicInteger();
      HttpClient early = vertx.createHttpClient(options);
      assertThat(countingGoAway(early, port, told)).isEqualTo(200);

      Future<Void> stopped = service.stop();

      await().until(() -> told.get() == 1);
      HttpClient late = vertx.createHttpClient(options);
      assertThat(countingGoAway(late, port, told)).isEqualTo(200);
      await().until(() -> told.get() == 2);
      await()
          .untilAsserted(
              () ->
                  assertThat(service.metrics())
                      .contains("app_requests_count_total{code=\"200\",method=\"GET\"} 2"));
      Waiting.on(stopped);
    } finally {
      Waiting.on(vertx.close());
    }
  }

  private static int countingGoAway(HttpClient client, int port, AtomicInteger told) {
    return Waiting.on(
        client
            .request(HttpMethod.GET, port, "127.0.0.1", "/x")
            .compose(
                request -> {
                  request.connection().goAwayHandler(goAway -> told.incrementAndGet());
                  return request.send();
                })
            .compose(response -> response.end().map(response.statusCode())));
  }

  private static String http2(HttpClient client, int port, HttpMethod method, String body) {
    return Waiting.on(
        client
            .request(method, port, "127.0.0.1", "/x")
            .compose(request -> request.send(body))
            .compose(
                response -> response.end().map(response.version() + " " + response.statusCode())));
  }
}
