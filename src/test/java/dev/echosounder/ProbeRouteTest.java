package dev.echosounder;

import static dev.echosounder.testing.ScriptedTarget.answer;
import static dev.echosounder.testing.ScriptedTarget.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.Network;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Settings.Role;
import dev.echosounder.settings.StatusCodes;
import dev.echosounder.testing.MetricsPage;
import dev.echosounder.testing.Probing;
import dev.echosounder.testing.Promtool;
import dev.echosounder.testing.RawHttp;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.TestSettings;
import dev.echosounder.testing.Tool;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeRouteTest {

  private static final String TIMEOUT = "X-Prometheus-Scrape-Timeout-Seconds";
  private static final String CANARY = "canary7f3a";
  private static final AddressFilter NO_LOOPBACK =
      new AddressFilter(List.of(), List.of(Network.parse("127.0.0.0/8")));

  private final Vertx vertx = Vertx.vertx();
  private final ScriptedTarget target =
      ScriptedTarget.http(vertx)
          .on("/up", answer(200, "hello"))
          .on("/down", answer(503, ""))
          .on("/silent", silent());
  private RunningVerticles service;

  @AfterEach
  void stop() {
    if (service != null) {
      service.close();
    }
    target.close();
    Waiting.on(vertx.close());
  }

  private void start(TestSettings settings) {
    service = new RunningVerticles(settings.build());
  }

  private static String probe(String target, String... parameters) {
    return "/probe?target="
        + URLEncoder.encode(target, StandardCharsets.UTF_8)
        + String.join("", Stream.of(parameters).map(parameter -> "&" + parameter).toList());
  }

  private HttpRequest<Buffer> request(String path) {
    return service.request(HttpMethod.GET, path);
  }

  private MetricsPage page(String path) {
    return page(service.get(path));
  }

  private static MetricsPage page(HttpResponse<Buffer> response) {
    assertThat(response.statusCode()).as(response.bodyAsString()).isEqualTo(200);
    return MetricsPage.parse(response.bodyAsString());
  }

  private static double value(MetricsPage page, String name) {
    assertThat(page.all(name)).as(name).hasSize(1);
    return page.all(name).get(0).value();
  }

  private static String reason(MetricsPage page) {
    assertThat(value(page, "probe_success")).isZero();
    return page.all("probe_failure_info").get(0).label("reason");
  }

  @Test
  void a_good_target_is_answered_with_its_page() {
    start(new TestSettings());

    HttpResponse<Buffer> response = service.get(probe(target.url("/up")));

    MetricsPage page = page(response);
    assertThat(response.getHeader("Content-Type"))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(response.getHeader("Content-Encoding")).isNull();
    assertThat(value(page, "probe_success")).isOne();
    assertThat(value(page, "probe_http_status_code")).isEqualTo(200);
    assertThat(value(page, "probe_http_uncompressed_body_length")).isEqualTo(5);
    assertThat(value(page, "probe_ip_protocol")).isEqualTo(4);
    assertThat(value(page, "probe_duration_seconds")).isPositive();
    assertThat(page.all("probe_http_duration_seconds"))
        .extracting(sample -> sample.label("phase"))
        .containsExactly("resolve", "connect", "tls", "processing", "transfer");
    assertThat(page.samples()).doesNotContainKeys("probe_failure_info", "probe_attempts_total");
    assertThat(response.bodyAsString()).doesNotContain("url=", "# EOF");
  }

  @Test
  void a_bad_target_is_answered_with_200_too_and_says_why() {
    start(new TestSettings());

    MetricsPage page = page(probe(target.url("/down")));

    assertThat(reason(page)).isEqualTo("status");
    assertThat(value(page, "probe_http_status_code")).isEqualTo(503);
  }

  @Test
  void what_was_not_reached_is_zero() {
    int port = target.port();
    target.close();
    start(new TestSettings());

    MetricsPage page = page(probe("http://127.0.0.1:" + port + "/up"));

    assertThat(reason(page)).isEqualTo("refused");
    for (String zero :
        List.of(
            "probe_http_status_code",
            "probe_http_content_length",
            "probe_http_uncompressed_body_length",
            "probe_http_redirects",
            "probe_http_version",
            "probe_http_ssl",
            "probe_failed_due_to_regex")) {
      assertThat(value(page, zero)).as(zero).isZero();
    }
    assertThat(page.all("probe_http_duration_seconds")).hasSize(5);
  }

  @Test
  void a_target_without_a_scheme_is_http() {
    start(new TestSettings());

    assertThat(value(page(probe("127.0.0.1:" + target.port() + "/up")), "probe_success")).isOne();
  }

  @Test
  void a_module_says_how_it_is_judged() {
    start(new TestSettings().modules(expecting("http_503", 503)));

    assertThat(value(page(probe(target.url("/down"), "module=http_503")), "probe_success")).isOne();
    assertThat(value(page(probe(target.url("/down"), "module=")), "probe_success")).isZero();
  }

  private static Module expecting(String name, int code) {
    return new Module(
        name,
        Optional.empty(),
        HttpOptions.DEFAULT.with(HttpOptions.Checks.withCodes(StatusCodes.of(code))));
  }

  @Test
  void the_scrape_timeout_less_half_a_second_ends_the_probe() {
    start(new TestSettings());

    MetricsPage page =
        page(Waiting.on(request(probe(target.url("/silent"))).putHeader(TIMEOUT, "0.75").send()));

    assertThat(reason(page)).isEqualTo("timeout");
    assertThat(value(page, "probe_duration_seconds")).isGreaterThanOrEqualTo(0.249);
  }

  @Test
  void the_timeout_of_the_module_ends_the_probe_where_it_is_shorter() {
    Module hasty = new Module("hasty", Optional.of(Duration.ofMillis(100)), HttpOptions.DEFAULT);
    start(new TestSettings().modules(hasty));

    MetricsPage page =
        page(
            Waiting.on(
                request(probe(target.url("/silent"), "module=hasty"))
                    .putHeader(TIMEOUT, "119")
                    .send()));

    assertThat(reason(page)).isEqualTo("timeout");
  }

  @ParameterizedTest
  @CsvSource({
    "/probe, expected ?target=",
    "/probe?target=, expected ?target=",
    "/probe?target=http://127.0.0.1/&module=nope, 'one of http_2xx, other'",
    "/probe?target=http://canary7f3a@/, target: expected a URL with a host",
    "/probe?target=http://[canary7f3a/, target: expected an absolute URL",
    "/probe?target=http://127.0.0.1:99999/, from 1 to 65535",
    "/probe?target=http://127.0.0.1/&hostname=a%0d%0ab, hostname: expected a host name",
  })
  void what_cannot_be_probed_is_a_bad_request_that_says_what_was_expected(
      String path, String expected) {
    start(new TestSettings().modules(expecting("other", 200)));

    HttpResponse<Buffer> response = service.get(path.replace("[", "%5B"));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.bodyAsJsonObject().getString("error")).isEqualTo("bad_request");
    assertThat(response.bodyAsJsonObject().getString("message"))
        .contains(expected)
        .doesNotContain(CANARY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ten", "-1", "NaN"})
  void a_timeout_that_is_none_is_a_bad_request(String header) {
    start(new TestSettings());

    HttpResponse<Buffer> response =
        Waiting.on(request(probe(target.url("/up"))).putHeader(TIMEOUT, header).send());

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.bodyAsJsonObject().getString("message")).contains(TIMEOUT);
    assertThat(target.requests()).isEmpty();
  }

  @Test
  void a_hostname_is_the_host_that_is_asked_for() {
    start(new TestSettings());

    page(probe(target.url("/up"), "hostname=shop.example"));

    assertThat(target.requests())
        .singleElement()
        .asString()
        .containsIgnoringCase("host: shop.example\r\n");
  }

  @Test
  void a_hostname_beside_another_host_of_the_module_is_a_bad_request() {
    start(
        new TestSettings()
            .modules(
                new Module(
                    "hosted",
                    Optional.empty(),
                    Probing.http(
                        "GET",
                        Map.of("Host", new Secret(CANARY)),
                        Optional.empty(),
                        List.of(200),
                        true))));

    HttpResponse<Buffer> response =
        service.get(probe(target.url("/up"), "module=hosted", "hostname=shop.example"));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.bodyAsString()).contains("Host header").doesNotContain(CANARY);
    assertThat(target.requests()).isEmpty();
  }

  @Test
  void the_page_is_openmetrics_where_that_is_asked_for() {
    start(new TestSettings());

    HttpResponse<Buffer> response =
        Waiting.on(
            request(probe(target.url("/down")))
                .putHeader("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5")
                .send());

    assertThat(response.getHeader("Content-Type")).startsWith("application/openmetrics-text");
    assertThat(response.bodyAsString())
        .contains("# TYPE probe_failure info\nprobe_failure_info{reason=\"status\"} 1\n")
        .endsWith("\n# EOF\n");
  }

  @Test
  void the_page_is_compressed_where_that_is_asked_for() throws IOException {
    start(new TestSettings());

    HttpResponse<Buffer> response =
        Waiting.on(request(probe(target.url("/up"))).putHeader("Accept-Encoding", "gzip").send());

    assertThat(response.getHeader("Content-Encoding")).isEqualTo("gzip");
    byte[] page =
        new GZIPInputStream(new ByteArrayInputStream(response.body().getBytes())).readAllBytes();
    assertThat(new String(page, StandardCharsets.UTF_8)).contains("\nprobe_success 1\n");
  }

  @Test
  void head_probes_and_answers_the_length_alone() {
    start(new TestSettings());

    HttpResponse<Buffer> response =
        Waiting.on(service.request(HttpMethod.HEAD, probe(target.url("/up"))).send());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Integer.parseInt(response.getHeader("Content-Length"))).isGreaterThan(100);
    assertThat(response.body()).isNull();
    assertThat(target.requests()).hasSize(1);
  }

  @Test
  void an_endpoint_that_is_off_is_not_found() {
    start(new TestSettings().probeEndpoint(endpoint(false, Set.of(), AddressFilter.ANY)));

    HttpResponse<Buffer> response = service.get(probe(target.url("/up")));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.bodyAsString()).contains("probe_endpoint.enabled");
    assertThat(target.requests()).isEmpty();
  }

  private static Settings.ProbeEndpoint endpoint(
      boolean enabled, Set<String> modules, AddressFilter dialable) {
    return new Settings.ProbeEndpoint(enabled, modules, dialable);
  }

  @Test
  void only_the_modules_that_are_listed_may_be_named() {
    start(
        new TestSettings()
            .modules(expecting("listed", 200), expecting("kept_back", 200))
            .probeEndpoint(endpoint(true, Set.of("listed"), AddressFilter.ANY)));

    assertThat(value(page(probe(target.url("/up"), "module=listed")), "probe_success")).isOne();
    for (String other : List.of("module=kept_back", "module=http_2xx", "debug=true")) {
      HttpResponse<Buffer> refused = service.get(probe(target.url("/up"), other));
      assertThat(refused.statusCode()).as(other).isEqualTo(403);
      assertThat(refused.bodyAsJsonObject().getString("error")).isEqualTo("forbidden");
    }
    assertThat(service.get(probe(target.url("/up"), "module=nope")).bodyAsString())
        .contains("listed")
        .doesNotContain("kept_back");
    assertThat(target.requests()).hasSize(1);
  }

  @Test
  void an_address_that_the_endpoint_or_the_prober_may_not_dial_is_blocked() {
    start(new TestSettings().probeEndpoint(endpoint(true, Set.of(), NO_LOOPBACK)));
    assertThat(reason(page(probe(target.url("/up"))))).isEqualTo("blocked");
    service.close();

    start(new TestSettings().dialable(NO_LOOPBACK));
    assertThat(reason(page(probe(target.url("/up"))))).isEqualTo("blocked");

    assertThat(target.requests()).isEmpty();
  }

  @Test
  void what_the_endpoint_may_not_dial_is_still_probed_on_schedule() {
    start(
        new TestSettings()
            .targets(List.of(Probing.target(target.url("/up"))))
            .probeEndpoint(endpoint(true, Set.of(), NO_LOOPBACK)));

    await().until(() -> page("/metrics").sum("probe_success", up -> up.value() == 1) == 1);
  }

  @Test
  void a_probe_for_which_no_slot_comes_free_is_told_as_overload_in_time() {
    start(new TestSettings().concurrency(1));
    Future<HttpResponse<Buffer>> first =
        request(probe(target.url("/silent"))).putHeader(TIMEOUT, "15").send();
    await().until(() -> target.requests().size() == 1);

    MetricsPage page =
        page(Waiting.on(request(probe(target.url("/up"))).putHeader(TIMEOUT, "0.6").send()));

    assertThat(reason(page)).isEqualTo("overload");
    assertThat(first.isComplete()).isFalse();
    assertThat(target.requests()).hasSize(1);
  }

  @Test
  void a_wait_for_a_slot_is_part_of_the_deadline() {
    target.on("/late", target.delayed(1_500, answer(200, "")));
    start(new TestSettings().concurrency(1));
    Future<HttpResponse<Buffer>> first =
        request(probe(target.url("/late"))).putHeader(TIMEOUT, "15").send();
    await().until(() -> target.requests().size() == 1);

    MetricsPage second =
        page(Waiting.on(request(probe(target.url("/silent"))).putHeader(TIMEOUT, "4.5").send()));

    assertThat(value(page(Waiting.on(first)), "probe_success")).isOne();
    assertThat(reason(second)).isEqualTo("timeout");
    // Of 4 s it waited for 1.5 s.
    assertThat(value(second, "probe_duration_seconds")).isLessThan(3.9);
  }

  @Test
  void the_same_request_at_the_same_time_is_one_probe_and_each_gets_its_page() {
    target.on("/late", target.delayed(1_000, answer(200, "")));
    start(new TestSettings());

    List<Future<HttpResponse<Buffer>>> answers =
        Stream.generate(() -> request(probe(target.url("/late"))).send()).limit(5).toList();

    List<HttpResponse<Buffer>> pages = Waiting.on(Future.all(answers)).list();
    assertThat(pages).allMatch(page -> value(page(page), "probe_success") == 1);
    assertThat(target.requests()).hasSize(1);
  }

  @Test
  void one_too_many_is_told_to_come_later() throws Exception {
    target.otherwise(silent());
    start(new TestSettings().concurrency(1));
    List<RawHttp> callers = new ArrayList<>();
    for (int i = 0; i < 65; i++) {
      String path = probe(target.url("/silent?" + i));
      callers.add(
          new RawHttp(service.port())
              .send("GET %s HTTP/1.1\r\nHost: x\r\n%s: 3\r\n\r\n".formatted(path, TIMEOUT)));
    }

    List<String> heads = new ArrayList<>();
    for (RawHttp caller : callers) {
      heads.add(caller.head());
      caller.close();
    }
    assertThat(heads)
        .filteredOn(head -> !head.startsWith("HTTP/1.1 200 "))
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("HTTP/1.1 503 ")
        .containsIgnoringCase("retry-after: 1");
  }

  @Test
  void a_probe_leaves_no_trace_on_metrics_queryurl_history_or_the_count_of_requests() {
    start(
        new TestSettings()
            .targets(List.of(Probing.target(target.url("/down"))))
            .historyResults(10));
    await().until(() -> page("/metrics").sum("probe_attempts_total", s -> s.value() == 1) == 1);
    String history = "/history?url=" + target.url("/down");
    String before = service.get(history).bodyAsString();

    page(probe(target.url("/down")));
    page(probe(target.url("/up"), "debug=true"));

    service.flush();
    MetricsPage after = page("/metrics");
    assertThat(after.sum("probe_attempts_total")).isOne();
    assertThat(after.all("probe_success")).hasSize(1);
    assertThat(after.sum("app_requests_count_total")).isZero();
    assertThat(after.samples()).doesNotContainKey("probe_failure_info");
    assertThat(service.get(history).bodyAsString()).isEqualTo(before);
  }

  @Test
  void debug_tells_what_happened_the_page_and_the_module() {
    int port = target.port();
    target.close();
    start(new TestSettings());

    HttpResponse<Buffer> response =
        service.get(probe("http://127.0.0.1:" + port + "/up", "debug=true"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.getHeader("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(response.bodyAsString())
        .startsWith(
            "== Probe ==\nhttp://127.0.0.1:"
                + port
                + "/up by http_2xx within 1m59s500ms: refused\n")
        .contains("== Timeline ==\n", "failed: ")
        .contains("== Page without debug=true ==\n# HELP probe_success ")
        .contains("\nprobe_success 0\n", "\nprobe_failure_info{reason=\"refused\"} 1\n")
        .contains("== Module http_2xx ==\n{\n  \"prober\" : \"http\"\n}\n");
  }

  @Test
  void debug_is_never_compressed_and_only_true_is_true() {
    start(new TestSettings());

    HttpResponse<Buffer> debug =
        Waiting.on(
            request(probe(target.url("/up"), "debug=true"))
                .putHeader("Accept-Encoding", "gzip")
                .putHeader("Accept", "application/openmetrics-text")
                .send());

    assertThat(debug.bodyAsString()).contains("\nprobe_success 1\n").doesNotContain("# EOF");
    assertThat(service.get(probe(target.url("/up"), "debug=1")).getHeader("Content-Type"))
        .contains("version=0.0.4");
  }

  @Test
  void debug_shows_no_secret_of_the_target_or_of_the_module(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("echosounder.yaml");
    Files.writeString(
        file,
        """
        http: {host: 127.0.0.1, port: 0}
        modules:
          shop:
            prober: http
            http: {method: POST, headers: {X-Key: %s-header}, body: %s-body}
        """
            .formatted(CANARY, CANARY));
    String url =
        target.url(
            "user:%s-password@127.0.0.1".formatted(CANARY), "/up?token=%s-query".formatted(CANARY));
    try (RunningEchosounder running = new RunningEchosounder(Optional.of(file), Map.of())) {

      HttpResponse<Buffer> response = running.get(probe(url, "module=shop", "debug=true"));

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(target.requests().get(0)).contains(CANARY + "-header", CANARY + "-query");
      assertThat(response.bodyAsString())
          .contains("http://***@127.0.0.1:" + target.port() + "/up?token=***")
          .contains("\"X-Key\" : \"<secret>\"", "\"method\" : \"POST\"")
          .doesNotContain(CANARY);
    }
  }

  @Test
  void when_the_prober_ends_those_who_wait_are_told_and_later_ones_too() {
    start(new TestSettings());
    Future<HttpResponse<Buffer>> waiting = request(probe(target.url("/silent"))).send();
    await().until(() -> target.requests().size() == 1);

    Waiting.on(service.stopProber());

    assertThat(Waiting.on(waiting).statusCode()).isEqualTo(503);
    assertThat(service.get(probe(target.url("/up"))).statusCode()).isEqualTo(503);
    await().until(() -> target.open() == 0);
  }

  @Test
  void an_instance_without_a_prober_says_where_to_ask() {
    start(new TestSettings().roles(Role.ECHO));

    HttpResponse<Buffer> response = service.get(probe(target.url("/up")));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.bodyAsString()).contains("roles include prober");
  }

  @Test
  void promtool_finds_no_fault_with_the_page() throws IOException {
    Tool.needs("promtool");
    start(new TestSettings());

    assertThat(Promtool.check(service.get(probe(target.url("/up"))).bodyAsString())).isEmpty();
    assertThat(Promtool.check(service.get(probe(target.url("/down"))).bodyAsString())).isEmpty();
  }

  @Test
  void a_client_that_leaves_ends_its_probe() throws Exception {
    Module patient = new Module("patient", Optional.of(Duration.ofMinutes(5)), HttpOptions.DEFAULT);
    start(new TestSettings().modules(patient));

    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      String path = probe(target.url("/silent"), "module=patient");
      String head = "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + TIMEOUT + ": 300\r\n\r\n";
      client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      await().until(() -> target.open() == 1);
    }

    await().untilAsserted(() -> assertThat(target.open()).isZero());
  }
}
