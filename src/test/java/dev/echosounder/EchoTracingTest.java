package dev.echosounder;

import static dev.echosounder.TracedService.NOT_SAMPLED;
import static dev.echosounder.TracedService.PARENT;
import static dev.echosounder.TracedService.SAMPLED;
import static dev.echosounder.TracedService.TRACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.testing.RawHttp;
import dev.echosounder.testing.ReceivedSpan;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EchoTracingTest {

  @TempDir private Path folder;

  @Test
  void an_echo_request_is_a_span_with_the_service_and_without_the_query() {
    try (TracedService traced = new TracedService(folder, 1, "app_name: shop")) {
      traced.get("/a%20b?token=hunter2&x=1");

      ReceivedSpan span = traced.collector.awaitPath("/a b");
      assertThat(span.name()).isEqualTo("GET");
      assertThat(span.kind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
      assertThat(span.parentId()).isEmpty();
      assertThat(span.traceState()).isEmpty();
      assertThat(span.error()).isFalse();
      assertThat(span.attributes())
          .containsOnlyKeys(
              "http.request.method",
              "http.response.status_code",
              "network.protocol.version",
              "server.address",
              "server.port",
              "url.path",
              "url.scheme")
          .containsEntry("http.request.method", "GET")
          .containsEntry("http.response.status_code", 200L)
          .containsEntry("network.protocol.version", "1.1")
          .containsEntry("server.address", "127.0.0.1")
          .containsEntry("server.port", (long) traced.service.ports().main())
          .containsEntry("url.scheme", "http");
      assertThat(span.resource())
          .containsEntry("service.name", "shop")
          .containsEntry("service.version", Version.current())
          .containsEntry("service.instance.id", "instance-1");
      assertThat(traced.collector.requests()).contains("POST /v1/traces null");
      assertThat(traced.collector.spans().toString()).doesNotContain("hunter2");
    }
  }

  @Test
  void a_sampled_parent_is_followed_whatever_the_ratio() {
    try (TracedService traced = new TracedService(folder, 0)) {
      traced.get("/child", "traceparent", SAMPLED, "tracestate", "a=1,b=2", "baggage", "k=v");

      ReceivedSpan span = traced.collector.awaitPath("/child");
      assertThat(span.traceId()).isEqualTo(TRACE);
      assertThat(span.parentId()).isEqualTo(PARENT);
      assertThat(span.traceState()).isEqualTo("a=1,b=2");
    }
  }

  @Test
  void a_parent_that_is_not_sampled_makes_no_span_whatever_the_ratio() {
    try (TracedService traced = new TracedService(folder, 1)) {
      traced.get("/unsampled", "traceparent", NOT_SAMPLED);
      traced.settle();

      assertThat(paths(traced)).containsExactly("/marker/1");
    }
  }

  @Test
  void at_ratio_0_no_trace_begins_here() {
    try (TracedService traced = new TracedService(folder, 0)) {
      for (int i = 0; i < 50; i++) {
        traced.get("/quiet");
      }
      traced.settle();

      assertThat(paths(traced)).containsExactly("/marker/1");
    }
  }

  @Test
  void reserved_routes_and_refused_requests_make_no_span() throws Exception {
    try (TracedService traced = new TracedService(folder, 1);
        RawHttp refused = new RawHttp(traced.service.ports().main())) {
      for (String path :
          List.of(
              "/healthcheck",
              "/healthcheck/live",
              "/healthcheck/ready",
              "/metrics",
              "/config",
              "/queryurl",
              "/history",
              "/probe")) {
        traced.get(path, "traceparent", SAMPLED);
      }
      refused.send("GET /refused HTTP/1.1\r\n\r\n");
      assertThat(refused.head()).startsWith("HTTP/1.1 400");
      traced.settle();

      assertThat(paths(traced)).containsExactly("/marker/1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "00-" + TRACE + "-" + PARENT,
        "ff-" + TRACE + "-" + PARENT + "-01",
        "00-00000000000000000000000000000000-" + PARENT + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-" + TRACE + "-" + PARENT + "-01-more",
        "00-" + TRACE + "-" + PARENT + "-0x",
        "00-" + TRACE + "é-" + PARENT + "-01"
      })
  void a_malformed_traceparent_is_none(String traceparent) {
    try (TracedService traced = new TracedService(folder, 1)) {
      assertThat(traced.get("/x", "traceparent", traceparent, "tracestate", "a=1").statusCode())
          .isEqualTo(200);

      ReceivedSpan span = traced.collector.awaitPath("/x");
      assertThat(span.traceId()).isNotEqualTo(TRACE);
      assertThat(span.parentId()).isEmpty();
      assertThat(span.traceState()).isEmpty();
    }
  }

  @Test
  void two_parents_are_none_and_one_of_a_later_version_is_one() {
    try (TracedService traced = new TracedService(folder, 1)) {
      traced.get("/two", "traceparent", SAMPLED, "traceparent", SAMPLED);
      traced.get("/later", "traceparent", "cc" + SAMPLED.substring(2) + "-what-the-future-holds");
      traced.get("/endless", "traceparent", "cc" + SAMPLED.substring(2) + "-" + "x".repeat(1000));

      assertThat(traced.collector.awaitPath("/two").parentId()).isEmpty();
      assertThat(traced.collector.awaitPath("/later").parentId()).isEqualTo(PARENT);
      assertThat(traced.collector.awaitPath("/endless").parentId()).isEmpty();
    }
  }

  @Test
  void a_tracestate_is_dropped_where_it_is_malformed_or_too_long_and_the_parent_stays() {
    String fits = "a=" + "x".repeat(255) + ",b=" + "y".repeat(251);
    String tooMany = "k=v,".repeat(33);
    try (TracedService traced = new TracedService(folder, 0)) {
      traced.get("/fits", "traceparent", SAMPLED, "tracestate", fits);
      traced.get("/long", "traceparent", SAMPLED, "tracestate", fits + ",c=1");
      traced.get("/many", "traceparent", SAMPLED, "tracestate", tooMany);
      traced.get("/bad", "traceparent", SAMPLED, "tracestate", "no equals sign");
      traced.get("/two", "traceparent", SAMPLED, "tracestate", "a=1", "tracestate", "b=2");

      assertThat(fits).hasSize(512 - 1);
      assertThat(traced.collector.awaitPath("/fits").traceState()).isEqualTo(fits);
      assertThat(traced.collector.awaitPath("/two").traceState()).isEqualTo("a=1,b=2");
      for (String path : List.of("/long", "/many", "/bad")) {
        ReceivedSpan span = traced.collector.awaitPath(path);
        assertThat(span.parentId()).isEqualTo(PARENT);
        assertThat(span.traceState()).isEmpty();
      }
    }
  }

  @Test
  void what_a_client_makes_up_is_bounded() {
    String path = "/" + "p".repeat(3000);
    try (TracedService traced = new TracedService(folder, 1)) {
      traced.service.request(HttpMethod.valueOf("MADEUP"), traced.service.ports().main(), path);

      ReceivedSpan span = traced.collector.awaitPath(path.substring(0, 512));
      assertThat(span.name()).isEqualTo("HTTP");
      assertThat(span.attributes()).containsEntry("http.request.method", "_OTHER");
    }
  }

  @Test
  void a_status_from_500_on_is_an_error_and_one_of_the_client_is_none() {
    try (TracedService traced = new TracedService(folder, 1)) {
      traced.get("/status/503");
      traced.get("/status/404");
      traced.get("/slow?delay=1h");

      ReceivedSpan failed = traced.collector.awaitPath("/status/503");
      assertThat(failed.error()).isTrue();
      assertThat(failed.attributes())
          .containsEntry("error.type", "503")
          .containsEntry("http.response.status_code", 503L);
      ReceivedSpan refused = traced.collector.awaitPath("/status/404");
      assertThat(refused.error()).isFalse();
      assertThat(refused.attributes()).doesNotContainKey("error.type");
      assertThat(traced.collector.awaitPath("/slow").attributes())
          .containsEntry("http.response.status_code", 400L);
    }
  }

  @Test
  void a_client_that_is_gone_before_the_answer_is_an_error_without_a_status() throws Exception {
    try (TracedService traced = new TracedService(folder, 1)) {
      try (RawHttp client = new RawHttp(traced.service.ports().main())) {
        client.send("GET /gone?delay=30s HTTP/1.1\r\nHost: x\r\n\r\n");
        client.send("GET /next HTTP/1.1\r\nHost: x\r\n\r\n");
      }

      ReceivedSpan span = traced.collector.awaitPath("/gone");
      assertThat(span.error()).isTrue();
      assertThat(span.attributes())
          .containsEntry("error.type", "client_gone")
          .containsEntry("server.address", "x")
          .doesNotContainKeys("http.response.status_code", "server.port");
    }
  }

  @Test
  void a_flood_of_sampled_parents_is_followed_up_to_a_bound() throws Exception {
    try (TracedService traced = new TracedService(folder, 0)) {
      long began = System.nanoTime();
      for (int i = 0; i < 2000; i++) {
        assertThat(traced.get("/flood", "traceparent", SAMPLED).statusCode()).isEqualTo(200);
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      long bound = (long) (2 * 100 * (seconds + 1));
      await()
          .untilAsserted(
              () ->
                  assertThat(traced.service.metrics())
                      .contains("app_requests_count_total{code=\"200\",method=\"GET\"} 2000"));
      await().until(() -> traced.collector.spans().size() >= 100);

      System.out.printf(
          "2000 sampled parents in %.1f s: %d spans%n", seconds, traced.collector.spans().size());
      assertThat(traced.collector.spans().size()).isLessThanOrEqualTo((int) bound);
    }
  }

  @Test
  void the_histogram_has_the_newest_traced_request_of_a_bucket_in_openmetrics_only() {
    try (TracedService traced = new TracedService(folder, 0)) {
      traced.get("/first?delay=30ms", "traceparent", SAMPLED);
      traced.get("/second?delay=30ms", "traceparent", SAMPLED);
      for (int i = 0; i < 20; i++) {
        traced.get("/untraced?delay=30ms");
      }
      ReceivedSpan newest = traced.collector.awaitPath("/second");

      await()
          .untilAsserted(
              () ->
                  assertThat(openMetrics(traced))
                      .contains("span_id=\"" + newest.spanId() + "\"")
                      .contains("app_request_duration_seconds_count{method=\"GET\"} 22"));
      List<String> exemplars =
          openMetrics(traced).lines().filter(line -> line.contains(" # {")).toList();
      assertThat(exemplars)
          .allMatch(line -> line.startsWith("app_request_duration_seconds_bucket{"))
          .allMatch(line -> line.contains("trace_id=\"" + TRACE + "\""))
          .allSatisfy(EchoTracingTest::assertInItsBucket);
      assertThat(traced.service.metrics()).doesNotContain(" # {", newest.spanId());
    }
  }

  private static void assertInItsBucket(String line) {
    Matcher matcher =
        Pattern.compile(".*le=\"([^\"]+)\"} \\S+ # (\\{[^}]*}) (\\S+) (\\S+)").matcher(line);
    assertThat(matcher.matches()).as(line).isTrue();
    assertThat(Double.parseDouble(matcher.group(3)))
        .isLessThanOrEqualTo(Double.parseDouble(matcher.group(1).replace("+Inf", "Infinity")));
    assertThat(matcher.group(2)).hasSizeLessThan(128);
  }

  private static String openMetrics(TracedService traced) {
    return traced
        .get("/metrics", "accept", "application/openmetrics-text; version=1.0.0")
        .bodyAsString();
  }

  private static List<Object> paths(TracedService traced) {
    return traced.collector.spans().stream()
        .map(span -> span.attributes().get("url.path"))
        .toList();
  }
}
