package dev.echosounder.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Nothing;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbeAnswers;
import dev.echosounder.bus.ProbeNow;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.bus.Reload;
import dev.echosounder.bus.Scrape;
import dev.echosounder.bus.Stage;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.Settings.Role;
import dev.echosounder.settings.Target;
import dev.echosounder.settings.TargetId;
import dev.echosounder.settings.TargetUrl;
import dev.echosounder.testing.RawHttp;
import dev.echosounder.testing.TestPage;
import dev.echosounder.testing.TestResult;
import dev.echosounder.testing.TestSettings;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReservedRoutesTest {

  private static final TargetId SHOP = id("http://shop/", "shop");
  private static final TargetId FIRST = id("http://twin/", "first");
  private static final TargetId SECOND = id("http://twin/", "second");
  private static final TargetId NAMELESS =
      new TargetId("http://plain/", Optional.empty(), Map.of());

  private final RunningHttp http =
      new RunningHttp(
          new TestSettings()
              .targets(List.of(target(SHOP), target(FIRST), target(SECOND), target(NAMELESS)))
              .build());
  private final WebClient client = WebClient.create(http.vertx);

  private static TargetId id(String url, String name) {
    return new TargetId(url, Optional.of(name), Map.of());
  }

  private static Target target(TargetId id) {
    return new Target(
        id,
        TargetUrl.parse(id.url(), Set.of()),
        Module.http2xx(),
        Duration.ofSeconds(15),
        Duration.ofSeconds(5),
        Map.of());
  }

  @AfterEach
  void stop() {
    http.close();
  }

  private HttpRequest<Buffer> request(HttpMethod method, String path) {
    return client.request(method, http.port(), "127.0.0.1", path);
  }

  private HttpResponse<Buffer> get(String path) {
    return Waiting.on(request(HttpMethod.GET, path).send());
  }

  @ParameterizedTest
  @CsvSource({
    "/healthcheck, 'GET, HEAD'",
    "/healthcheck/live, 'GET, HEAD'",
    "/healthcheck/ready, 'GET, HEAD'",
    "/queryurl, 'GET, HEAD'",
    "/metrics, 'GET, HEAD'",
    "/config, 'GET, HEAD'",
    "/-/reload, POST"
  })
  void the_wrong_method_is_told_the_right_ones(String path, String allowed) {
    HttpResponse<Buffer> response = Waiting.on(request(HttpMethod.DELETE, path).send());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.getHeader("Allow")).isEqualTo(allowed);
    assertThat(response.bodyAsJsonObject().getString("error")).isEqualTo("method_not_allowed");
    assertThat(http.counted()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/config", "/%63onfig", "/./config", "/x/../config", "/config?x=1"})
  void a_reserved_path_is_reserved_in_every_spelling(String path) {
    assertThat(get(path).bodyAsJsonObject())
        .isEqualTo(new JsonObject().put("app_name", "echosounder"));
    assertThat(http.counted()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/CONFIG", "/config/", "//config", "/config;x", "/-/RELOAD", "/healthcheck/x"})
  void any_other_path_is_an_echo_route(String path) {
    assertThat(get(path).bodyAsJsonObject().getString("path")).isEqualTo(path);
    await().until(() -> http.counted().equals(Map.of("GET 200", 1L)));
  }

  @Test
  void health_is_starting_until_every_verticle_runs() {
    assertThat(get("/healthcheck").statusCode()).isEqualTo(503);
    assertThat(get("/healthcheck").bodyAsJsonObject().getString("app_status"))
        .isEqualTo("starting");
    assertThat(get("/healthcheck/ready").statusCode()).isEqualTo(503);
    assertThat(get("/healthcheck/live").statusCode()).isEqualTo(200);

    http.enter(Stage.RUNNING);

    assertThat(get("/healthcheck").bodyAsString())
        .isEqualTo("{\"app_name\":\"echosounder\",\"app_status\":\"ok\"}");
    assertThat(get("/healthcheck/ready").statusCode()).isEqualTo(200);
    assertThat(get("/healthcheck/live").statusCode()).isEqualTo(200);
    assertThat(http.counted()).isEmpty();
  }

  @Test
  void health_is_degraded_while_a_verticle_does_not_answer() {
    try (RunningHttp service = new RunningHttp(new TestSettings().build(), "prober", "metrics")) {
      service.bus.answer(Address.PING.of("prober"), Future::succeededFuture);
      MessageConsumer<Nothing> metrics =
          service.bus.answer(Address.PING.of("metrics"), asked -> Future.future(never -> {}));
      service.enter(Stage.RUNNING);
      WebClient asking = WebClient.create(service.vertx);

      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                JsonObject health = healthOf(asking, service);
                assertThat(health.getString("app_status")).isEqualTo("degraded");
                assertThat(health.getJsonObject("checks").getString("metrics"))
                    .isEqualTo("blocked");
                assertThat(health.getJsonObject("checks").getString("prober")).isEqualTo("ok");
              });
      Waiting.on(metrics.unregister());
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(healthOf(asking, service).getJsonObject("checks").getString("metrics"))
                      .isEqualTo("gone"));
      service.bus.answer(Address.PING.of("metrics"), Future::succeededFuture);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> healthOf(asking, service).getString("app_status").equals("ok"));
    }
  }

  private static JsonObject healthOf(WebClient client, RunningHttp service) {
    return Waiting.on(client.get(service.port(), "127.0.0.1", "/healthcheck").send())
        .bodyAsJsonObject();
  }

  @ParameterizedTest
  @CsvSource({
    "'', false",
    "text/plain, false",
    "*/*, false",
    "application/json, false",
    "'application/openmetrics-text;version=1.0.0,text/plain;q=0.5', true",
    "'application/openmetrics-text;q=0.2,text/plain;q=0.5', false",
    "'application/openmetrics-text;q=0,text/plain;q=0', false",
    "'application/vnd.google.protobuf;q=0.9,application/openmetrics-text;q=0.6,*/*;q=0.1', true",
  })
  void metrics_are_in_the_format_the_client_prefers(String accept, boolean openMetrics) {
    AtomicReference<Scrape> asked = new AtomicReference<>();
    answerScrapes(asked);

    HttpResponse<Buffer> page =
        Waiting.on(request(HttpMethod.GET, "/metrics").putHeader("Accept", accept).send());

    assertThat(asked.get().openMetrics()).isEqualTo(openMetrics);
    assertThat(page.getHeader("Content-Type")).isEqualTo("text/x-page");
    assertThat(page.getHeader("Vary")).isEqualTo("Accept, Accept-Encoding");
    assertThat(page.getHeader("Content-Encoding")).isNull();
    assertThat(page.bodyAsString()).isEqualTo("page");
  }

  @ParameterizedTest
  @CsvSource({"gzip, true", "'deflate, gzip;q=0.5', true", "gzip;q=0, false", "identity, false"})
  void metrics_are_compressed_for_clients_that_accept_it(String accept, boolean gzip) {
    AtomicReference<Scrape> asked = new AtomicReference<>();
    answerScrapes(asked);

    HttpResponse<Buffer> page =
        Waiting.on(
            request(HttpMethod.HEAD, "/metrics").putHeader("Accept-Encoding", accept).send());

    assertThat(asked.get().gzip()).isEqualTo(gzip);
    assertThat(page.getHeader("Content-Encoding")).isEqualTo(gzip ? "gzip" : null);
    assertThat(page.getHeader("Content-Length")).isEqualTo("4");
  }

  private void answerScrapes(AtomicReference<Scrape> asked) {
    http.bus.lend(
        Address.SCRAPE,
        scrape -> {
          asked.set(scrape);
          return Future.succeededFuture(TestPage.of("text/x-page", "page".getBytes(UTF_8)));
        });
  }

  @ParameterizedTest
  @CsvSource({"GET, /metrics", "GET, /queryurl", "POST, /-/reload"})
  void what_needs_a_verticle_that_is_not_there_is_unavailable(String method, String path) {
    HttpResponse<Buffer> response = Waiting.on(request(HttpMethod.valueOf(method), path).send());

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.bodyAsJsonObject().getString("error")).isEqualTo("unavailable");
  }

  @Test
  void a_reload_says_what_became_of_it() {
    AtomicReference<List<String>> problems = new AtomicReference<>(List.of());
    http.bus.answer(
        Address.RELOAD,
        asked -> Future.succeededFuture(new Reload.Outcome(problems.get(), Instant.now())));

    HttpResponse<Buffer> good = Waiting.on(request(HttpMethod.POST, "/-/reload").send());
    assertThat(good.statusCode()).isEqualTo(200);

    problems.set(List.of("http.port: got x", "urls: got y"));
    HttpResponse<Buffer> bad = Waiting.on(request(HttpMethod.POST, "/-/reload").send());
    assertThat(bad.statusCode()).isEqualTo(500);
    assertThat(bad.bodyAsJsonObject().getJsonArray("problems"))
        .containsExactly("http.port: got x", "urls: got y");
    assertThat(bad.bodyAsJsonObject().getString("error")).isEqualTo("configuration_refused");
  }

  private AtomicReference<ProbeNow> answerQueries(ProbeAnswers answers) {
    AtomicReference<ProbeNow> asked = new AtomicReference<>();
    http.bus.answer(
        Address.PROBE_NOW,
        question -> {
          asked.set(question);
          return Future.succeededFuture(answers);
        });
    return asked;
  }

  private static ProbeResult result(TargetId id, Reason reason, OptionalInt code) {
    return TestResult.of(
        id,
        Instant.parse("2026-11-21T18:00:00.123456Z"),
        Duration.ofNanos(41_700_499),
        reason,
        code,
        Map.of(Phase.CONNECT, Duration.ofNanos(9_800_000), Phase.RESOLVE, Duration.ofNanos(1_200)),
        Map.of());
  }

  @Test
  void a_query_answers_what_each_target_said() {
    answerQueries(
        new ProbeAnswers(
            List.of(
                new ProbeAnswers.Answer(
                    SHOP, Optional.of(result(SHOP, Reason.OK, OptionalInt.of(200))), false),
                new ProbeAnswers.Answer(
                    FIRST, Optional.of(result(FIRST, Reason.TIMEOUT, OptionalInt.empty())), true),
                new ProbeAnswers.Answer(SECOND, Optional.empty(), true),
                new ProbeAnswers.Answer(NAMELESS, Optional.empty(), true))));

    JsonObject answer = get("/queryurl").bodyAsJsonObject();

    assertThat(answer.getString("status")).isEqualTo("ok");
    JsonObject response = answer.getJsonObject("response");
    assertThat(response.fieldNames())
        .containsExactly("http://shop/", "first", "second", "http://plain/");
    assertThat(response.getJsonObject("http://shop/").encode())
        .isEqualTo(
            """
            {"name":"shop","status_code":200,"up":1,"response_time_in_ms":41.7,"reason":"ok",\
            "phases_in_ms":{"resolve":0.001,"connect":9.8},"checked_at":"2026-11-21T18:00:00.123Z"}""");
    assertThat(response.getJsonObject("first").encode())
        .isEqualTo(
            """
            {"name":"first","status_code":null,"up":0,"response_time_in_ms":41.7,"reason":"timeout",\
            "phases_in_ms":{"resolve":0.001,"connect":9.8},"checked_at":"2026-11-21T18:00:00.123Z",\
            "stale":true}""");
    assertThat(response.getJsonObject("second").getValue("up")).isNull();
    assertThat(response.getJsonObject("http://plain/").containsKey("name")).isFalse();
  }

  @Test
  void a_query_narrowed_to_one_of_two_with_the_same_url_keeps_its_key() {
    AtomicReference<ProbeNow> asked =
        answerQueries(
            new ProbeAnswers(List.of(new ProbeAnswers.Answer(SECOND, Optional.empty(), true))));

    JsonObject answer = get("/queryurl?name=second&url=http%3A%2F%2Ftwin%2F").bodyAsJsonObject();

    assertThat(answer.getJsonObject("response").fieldNames()).containsExactly("second");
    assertThat(asked.get())
        .isEqualTo(
            new ProbeNow(
                Optional.of("second"), Optional.of("http://twin/"), Duration.ofSeconds(60)));
  }

  @Test
  void a_query_for_what_is_not_configured_finds_nothing() {
    answerQueries(new ProbeAnswers(List.of()));

    assertThat(get("/queryurl?name=nope").statusCode()).isEqualTo(404);
    assertThat(get("/queryurl?url=http://evil/").bodyAsJsonObject().getString("error"))
        .isEqualTo("not_found");
    assertThat(get("/queryurl").bodyAsString()).isEqualTo("{\"status\":\"ok\",\"response\":{}}");
  }

  @Test
  void a_query_with_a_malformed_parameter_is_refused() {
    answerQueries(new ProbeAnswers(List.of()));

    assertThat(get("/queryurl?name=%zz").statusCode()).isEqualTo(400);
  }

  @Test
  void an_instance_without_a_prober_says_where_to_ask() {
    try (RunningHttp echoOnly = new RunningHttp(new TestSettings().roles(Role.ECHO).build())) {
      HttpResponse<Buffer> response =
          Waiting.on(
              WebClient.create(echoOnly.vertx)
                  .get(echoOnly.port(), "127.0.0.1", "/queryurl")
                  .send());

      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.bodyAsJsonObject().getString("message")).contains("roles include prober");
    }
  }

  @Test
  void an_instance_without_echo_knows_the_reserved_paths_only() {
    try (RunningHttp prober = new RunningHttp(new TestSettings().roles(Role.PROBER).build())) {
      WebClient asking = WebClient.create(prober.vertx);

      assertThat(status(asking, prober.port(), "/x")).isEqualTo(404);
      assertThat(status(asking, prober.port(), "/config")).isEqualTo(200);
    }
  }

  @Test
  void with_a_management_port_the_reserved_paths_are_there_and_echo_routes_here()
      throws IOException {
    try (RunningHttp service = new RunningHttp(new TestSettings().managementPort(0).build())) {
      WebClient asking = WebClient.create(service.vertx);
      int management = service.ports.management().orElseThrow();

      assertThat(management).isNotEqualTo(service.port()).isPositive();
      assertThat(service.ports.reserved()).isEqualTo(management);
      assertThat(status(asking, management, "/config")).isEqualTo(200);
      assertThat(status(asking, management, "/x")).isEqualTo(404);
      assertThat(RawHttp.exchange(management, "OPTIONS * HTTP/1.0\r\n\r\n"))
          .startsWith("HTTP/1.0 404")
          .endsWith("{\"error\":\"not_found\",\"message\":\"no such path\"}");
      assertThat(service.counted()).isEmpty();
      assertThat(status(asking, service.port(), "/config")).isEqualTo(200);
      await().until(() -> service.counted().equals(Map.of("GET 200", 1L)));
    }
  }

  private static int status(WebClient client, int port, String path) {
    return Waiting.on(client.get(port, "127.0.0.1", path).send()).statusCode();
  }
}
