package dev.echosounder;

import static dev.echosounder.TracedService.NOT_SAMPLED;
import static dev.echosounder.TracedService.PARENT;
import static dev.echosounder.TracedService.SAMPLED;
import static dev.echosounder.TracedService.TRACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.testing.ReceivedSpan;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.Waiting;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTracingTest {

  private static final Predicate<ReceivedSpan> A_PROBE =
      span -> span.kind() == SpanKind.SPAN_KIND_CLIENT;

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private ScriptedTarget target;
  private ScriptedTarget elsewhere;

  @BeforeEach
  void start() {
    target = ScriptedTarget.http(vertx).otherwise(ScriptedTarget.answer(200, "ok"));
    elsewhere = ScriptedTarget.http(vertx).otherwise(ScriptedTarget.answer(200, "ok"));
  }

  @AfterEach
  void stop() {
    Waiting.on(vertx.close());
  }

  private TracedService traced(double ratio, String... targets) {
    return new TracedService(folder, ratio, "targets: [" + String.join(", ", targets) + "]");
  }

  private static List<String> headers(ScriptedTarget server, String name) {
    Pattern line = Pattern.compile("(?im)^" + name + ": (.*?)\r?$");
    return server.requests().stream()
        .flatMap(request -> line.matcher(request).results())
        .map(match -> match.group(1))
        .toList();
  }

  @Test
  void a_probe_is_a_span_and_the_target_is_told_of_it() {
    String url = target.url("/health?token=hunter2");
    try (TracedService traced = traced(1, "{name: shop, url: '" + url + "'}")) {
      ReceivedSpan span = traced.collector.await(A_PROBE);

      assertThat(headers(target, "traceparent")).contains(span.traceparent());
      assertThat(headers(target, "tracestate")).isEmpty();
      assertThat(headers(target, "baggage")).isEmpty();
      assertThat(span.name()).isEqualTo("probe http");
      assertThat(span.parentId()).isEmpty();
      assertThat(span.error()).isFalse();
      assertThat(span.attributes())
          .containsOnlyKeys(
              "echosounder.module",
              "echosounder.phase.connect",
              "echosounder.phase.processing",
              "echosounder.phase.transfer",
              "echosounder.reason",
              "echosounder.redirects",
              "echosounder.target",
              "http.request.method",
              "http.response.status_code",
              "server.address",
              "server.port",
              "url.full")
          .containsEntry("echosounder.module", "http_2xx")
          .containsEntry("echosounder.reason", "ok")
          .containsEntry("echosounder.redirects", 0L)
          .containsEntry("echosounder.target", "shop")
          .containsEntry("http.request.method", "GET")
          .containsEntry("http.response.status_code", 200L)
          .containsEntry("server.port", (long) target.port())
          .containsEntry("url.full", target.url("/health?token=***"));
      assertThat((Double) span.attributes().get("echosounder.phase.processing")).isPositive();
      assertThat(traced.collector.spans().toString()).doesNotContain("hunter2");
    }
  }

  @Test
  void a_probe_on_demand_is_a_span_of_its_own() {
    try (TracedService traced = traced(1, "{url: '" + target.url("/") + "'}")) {
      traced.collector.await(A_PROBE);
      traced.get("/queryurl");

      ReceivedSpan second =
          traced.collector.await(
              A_PROBE.and(span -> !span.spanId().equals(traced.collector.spans().get(0).spanId())));
      assertThat(headers(target, "traceparent")).contains(second.traceparent());
    }
  }

  @Test
  void a_target_that_wants_no_trace_gets_neither_header_nor_span() {
    try (TracedService traced =
        traced(
            1,
            "{url: '" + target.url("/") + "', trace: false}",
            "{url: '" + elsewhere.url("/") + "'}")) {
      traced.get("/queryurl");
      traced.settle();

      assertThat(target.requests()).isNotEmpty();
      assertThat(headers(target, "traceparent")).isEmpty();
      assertThat(traced.collector.spans())
          .filteredOn(A_PROBE)
          .isNotEmpty()
          .allMatch(span -> span.attributes().get("server.port").equals((long) elsewhere.port()));
    }
  }

  @Test
  void what_is_not_sampled_says_so_to_the_target() {
    try (TracedService traced = traced(0, "{url: '" + target.url("/") + "'}")) {
      traced.get("/queryurl");
      traced.settle();

      assertThat(headers(target, "traceparent"))
          .isNotEmpty()
          .doesNotHaveDuplicates()
          .allMatch(header -> header.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-02"));
      assertThat(traced.collector.spans()).noneMatch(A_PROBE);
    }
  }

  @Test
  void without_tracing_nothing_is_told() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("echosounder.yaml"),
            "http: {port: 0, host: 127.0.0.1}\nurls: ['" + target.url("/") + "']\n");
    try (RunningEchosounder service = new RunningEchosounder(Optional.of(file), Map.of())) {
      service.query();
      service.get("/probe?target=" + encoded(target.url("/other")));

      assertThat(target.requests()).hasSizeGreaterThan(1);
      assertThat(headers(target, "traceparent")).isEmpty();
      assertThat(service.metrics()).doesNotContain("echosounder_tracing");
    }
  }

  @Test
  void every_hop_of_a_redirect_is_told_of_the_one_span() {
    target.on("/", ScriptedTarget.redirect(302, "/second"));
    target.on("/second", ScriptedTarget.redirect(302, elsewhere.url("/third?sid=hunter2")));
    try (TracedService traced = traced(1, "{url: '" + target.url("/") + "'}")) {
      ReceivedSpan span = traced.collector.await(A_PROBE);

      assertThat(span.attributes())
          .containsEntry("echosounder.redirects", 2L)
          .containsEntry("http.response.status_code", 200L)
          .containsEntry("url.full", target.url("/"));
      assertThat(headers(target, "traceparent").subList(0, 2)).containsOnly(span.traceparent());
      assertThat(headers(elsewhere, "traceparent").get(0)).isEqualTo(span.traceparent());
      assertThat(traced.collector.spans().toString()).doesNotContain("hunter2");
    }
  }

  @Test
  void a_configured_traceparent_wins_and_goes_to_no_other_origin() {
    target.on("/", ScriptedTarget.redirect(302, elsewhere.url("/")));
    try (TracedService traced =
        traced(
            1, "{url: '" + target.url("/") + "', headers: {TraceParent: mine, tracestate: a=1}}")) {
      traced.collector.await(A_PROBE);

      assertThat(headers(target, "traceparent")).isNotEmpty().containsOnly("mine");
      assertThat(headers(target, "tracestate")).containsOnly("a=1");
      assertThat(elsewhere.requests()).isNotEmpty();
      assertThat(headers(elsewhere, "traceparent")).isEmpty();
    }
  }

  @Test
  void each_failed_attempt_is_a_span_that_is_an_error_with_its_reason() {
    target.on("/", ScriptedTarget.answer(503, ""));
    try (TracedService traced =
        traced(1, "{url: '" + target.url("/") + "', retries: 2, retry_interval: 10ms}")) {
      traced.get("/queryurl");
      traced.settle();

      List<ReceivedSpan> probes = traced.collector.spans().stream().filter(A_PROBE).toList();
      assertThat(probes)
          .hasSizeGreaterThanOrEqualTo(3)
          .allMatch(ReceivedSpan::error)
          .allSatisfy(
              span ->
                  assertThat(span.attributes())
                      .containsEntry("echosounder.reason", "status")
                      .containsEntry("error.type", "status")
                      .containsEntry("http.response.status_code", 503L));
      assertThat(headers(target, "traceparent"))
          .containsAll(probes.stream().map(ReceivedSpan::traceparent).toList());
    }
  }

  @Test
  void a_good_answer_that_is_too_slow_is_an_error_too() {
    target.on("/", target.delayed(50, ScriptedTarget.answer(200, "")));
    try (TracedService traced =
        traced(1, "{url: '" + target.url("/") + "', fail_if_slower_than: 10ms}")) {
      assertThat(traced.collector.await(A_PROBE).attributes())
          .containsEntry("echosounder.reason", "assertion")
          .containsEntry("http.response.status_code", 200L);
    }
  }

  @Test
  void a_probe_without_http_is_a_span_without_its_attributes() {
    try (TracedService traced =
        new TracedService(
            folder,
            1,
            "modules: {tcp: {prober: tcp}}",
            "targets: [{url: '127.0.0.1:1', module: tcp}]")) {
      ReceivedSpan span = traced.collector.await(A_PROBE);

      assertThat(span.name()).isEqualTo("probe tcp");
      assertThat(span.error()).isTrue();
      assertThat(span.attributes())
          .containsOnlyKeys(
              "echosounder.module",
              "echosounder.phase.connect",
              "echosounder.reason",
              "error.type",
              "server.address",
              "server.port")
          .containsEntry("error.type", "refused");
    }
  }

  @Test
  void who_asks_for_a_probe_within_a_trace_gets_it_there() {
    String probe = "/probe?target=" + encoded(target.url("/"));
    try (TracedService traced = new TracedService(folder, 0)) {
      traced.get(probe, "traceparent", SAMPLED, "tracestate", "a=1");

      ReceivedSpan span = traced.collector.await(A_PROBE);
      assertThat(span.traceId()).isEqualTo(TRACE);
      assertThat(span.parentId()).isEqualTo(PARENT);
      assertThat(headers(target, "traceparent")).containsExactly(span.traceparent());
      assertThat(headers(target, "tracestate")).containsExactly("a=1");

      traced.get(probe, "traceparent", NOT_SAMPLED);
      assertThat(headers(target, "traceparent").get(1)).startsWith("00-" + TRACE + "-");
      assertThat(headers(target, "traceparent").get(1)).endsWith("-00").doesNotContain(PARENT);
    }
  }

  @Test
  void a_grpc_server_is_told_as_well() {
    Queue<String> told = new ConcurrentLinkedQueue<>();
    HttpServer server =
        Waiting.on(
            vertx
                .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(true))
                .requestHandler(request -> serve(request, told))
                .listen(0, "127.0.0.1"));
    String place = "127.0.0.1:" + server.actualPort();
    try (TracedService traced =
        new TracedService(
            folder,
            1,
            "modules:",
            "  health: {prober: grpc}",
            "  own: {prober: grpc, grpc: {metadata: {traceparent: [mine]}}}",
            "targets:",
            "  - {name: a, url: '" + place + "', module: health}",
            "  - {name: b, url: '" + place + "', module: own}")) {
      ReceivedSpan span =
          traced.collector.await(s -> "a".equals(s.attributes().get("echosounder.target")));

      assertThat(span.name()).isEqualTo("probe grpc");
      assertThat(told).contains(span.traceparent());
      assertThat(span.attributes())
          .containsEntry("echosounder.reason", "ok")
          .containsEntry("rpc.system", "grpc")
          .containsEntry("rpc.service", "grpc.health.v1.Health")
          .containsEntry("rpc.method", "Check")
          .containsEntry("rpc.grpc.status_code", 0L);
      traced.get("/queryurl");
      assertThat(told).contains("mine");
    }
  }

  private static void serve(HttpServerRequest request, Queue<String> told) {
    told.add(request.getHeader("traceparent"));
    request
        .response()
        .putHeader("content-type", "application/grpc")
        .putTrailer("grpc-status", "0")
        .setChunked(true)
        .end(Buffer.buffer(HexFormat.of().parseHex("00000000020801")));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
