package dev.echosounder;

import static dev.echosounder.TracedService.SAMPLED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.testing.Authority;
import dev.echosounder.testing.Collector;
import dev.echosounder.testing.Identity;
import dev.echosounder.testing.MetricsPage;
import dev.echosounder.testing.ReceivedSpan;
import dev.echosounder.testing.RunningService;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A collector that is there, and one that is not: requests are answered all the same. */
class CollectorTroubleTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String EXPORTED = "echosounder_tracing_spans_exported_total";
  private static final String DROPPED = "echosounder_tracing_spans_dropped_total";

  @TempDir private Path folder;

  private static double exported(TracedService traced) {
    return MetricsPage.parse(traced.service.metrics()).sum(EXPORTED);
  }

  private static double dropped(TracedService traced, String reason) {
    return MetricsPage.parse(traced.service.metrics())
        .sum(DROPPED, sample -> sample.labels().get("reason").equals(reason));
  }

  private static void answers(TracedService traced, int requests) {
    for (int i = 0; i < requests; i++) {
      assertThat(traced.get("/x").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void what_the_collector_takes_is_counted() {
    try (TracedService traced = new TracedService(folder, 1)) {
      answers(traced, 20);

      await().atMost(PATIENCE).until(() -> exported(traced) == 20);
      assertThat(traced.collector.spans()).hasSize(20);
      assertThat(dropped(traced, "export_failed") + dropped(traced, "queue_full")).isZero();
    }
  }

  @Test
  void a_collector_that_is_not_there_costs_the_spans_and_nothing_else() {
    Collector gone = Collector.http();
    gone.close();
    try (TracedService traced = new TracedService(gone, folder, 1)) {
      answers(traced, 20);

      await().atMost(PATIENCE).until(() -> dropped(traced, "export_failed") == 20);
      assertThat(exported(traced)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 500, 503})
  void a_batch_that_is_refused_is_dropped_and_the_next_one_is_sent(int status) {
    try (TracedService traced = new TracedService(folder, 1)) {
      traced.collector.answer(Collector.status(status));
      answers(traced, 5);
      await().atMost(PATIENCE).until(() -> dropped(traced, "export_failed") == 5);

      traced.collector.answer(Collector.status(200));
      answers(traced, 5);

      await().atMost(PATIENCE).until(() -> exported(traced) == 5);
      assertThat(dropped(traced, "export_failed")).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @CsvSource({"429, 2", "503, 2", "400, 1"})
  void a_batch_is_sent_again_where_the_collector_says_later(int status, int requests) {
    try (TracedService traced = new TracedService(folder, 0)) {
      Collector collector = traced.collector;
      collector.answer(
          request -> {
            collector.answer(Collector.status(200));
            collector.late(Duration.ofMillis(200), Collector.status(status)).handle(request);
          });
      traced.get("/once", "traceparent", SAMPLED);

      await()
          .atMost(PATIENCE)
          .until(() -> exported(traced) + dropped(traced, "export_failed") == 1);
      assertThat(collector.requests()).hasSize(requests);
      assertThat(exported(traced)).isEqualTo(requests - 1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_answer_that_never_comes_or_never_ends_costs_the_batch_only(boolean endless) {
    try (TracedService traced = new TracedService(folder, 1)) {
      traced.collector.answer(endless ? traced.collector.endless() : Collector.silent());
      answers(traced, 5);
      await().atMost(PATIENCE).until(() -> dropped(traced, "export_failed") >= 1);

      traced.collector.answer(Collector.status(200));
      answers(traced, 5);
      await().atMost(PATIENCE).until(() -> exported(traced) >= 5);
    }
  }

  @Test
  void so_many_spans_wait_and_the_others_are_dropped() {
    try (TracedService traced = new TracedService(folder, 1)) {
      traced.collector.answer(Collector.silent());
      int asked = 0;
      for (; asked < 50_000 && dropped(traced, "queue_full") == 0; asked += 500) {
        answers(traced, 500);
      }
      assertThat(dropped(traced, "queue_full")).isPositive();
      assertThat(asked).isGreaterThan(2048);

      traced.collector.answer(Collector.status(200));
      double all = asked;
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  exported(traced)
                          + dropped(traced, "export_failed")
                          + dropped(traced, "queue_full")
                      == all);
      assertThat(MetricsPage.parse(traced.service.metrics()).sum("app_requests_count_total"))
          .isEqualTo(all);
      assertThat(traced.collector.largest()).isLessThan(512 * 2048);
      System.out.println("The largest batch took " + traced.collector.largest() + " bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/prefix", "/prefix/", "/"})
  void the_path_of_the_endpoint_comes_before_that_of_otlp(String path) throws IOException {
    try (Collector collector = Collector.http();
        RunningService service = start(collector.url() + path, "sample_ratio: 1")) {
      service.get("/x");

      collector.awaitPath("/x");
      String expected = path.equals("/") ? "" : "/prefix";
      assertThat(collector.requests()).contains("POST " + expected + "/v1/traces null");
    }
  }

  @Test
  void headers_are_sent_and_not_shown() throws IOException {
    try (Collector collector = Collector.http();
        RunningService service =
            start(collector.url(), "sample_ratio: 1, headers: {Authorization: Bearer hunter2}")) {
      service.get("/x");
      collector.awaitPath("/x");

      assertThat(collector.requests()).containsOnly("POST /v1/traces Bearer hunter2");
      assertThat(service.get("/config").body()).contains("<secret>").doesNotContain("hunter2");
      assertThat(service.stdout().toString()).doesNotContain("hunter2");
    }
  }

  private RunningService start(String endpoint, String more) throws IOException {
    return RunningService.start(
        folder,
        """
        http: {port: 0, host: 127.0.0.1}
        shutdown: {delay: 0s, drain: 10s, linger: 0s}
        metrics: {refresh_interval: 100ms}
        tracing: {otlp_endpoint: "%s", %s}
        """
            .formatted(endpoint, more));
  }

  @Test
  void the_last_spans_are_sent_at_a_stop() throws IOException {
    try (Collector collector = Collector.http();
        RunningService service = start(collector.url(), "sample_ratio: 1")) {
      service.get("/last");
      service.sigterm();

      assertThat(service.exitCode()).isZero();
      assertThat(collector.spans())
          .extracting(span -> span.attributes().get("url.path"))
          .contains("/last");
    }
  }

  @Test
  void a_collector_that_hangs_delays_no_stop_and_is_told_of_once() throws IOException {
    try (Collector collector = Collector.http().answer(Collector.silent());
        RunningService service = start(collector.url(), "sample_ratio: 1")) {
      service.get("/x");
      await().atMost(PATIENCE).until(() -> !collector.spans().isEmpty());
      service.get("/y");
      long asked = System.nanoTime();
      service.sigterm();

      // A batch alone has ten seconds.
      assertThat(service.exitCode(Duration.ofSeconds(8))).isZero();
      System.out.printf("Stopped in %.1f s%n", (System.nanoTime() - asked) / 1e9);
      assertThat(service.stdout()).noneMatch(line -> line.contains("ERROR"));
      assertThat(service.stderr()).isEmpty();
    }
  }

  @Test
  void the_log_says_once_that_spans_are_dropped_and_once_that_they_are_taken_again()
      throws IOException {
    try (Collector collector = Collector.http().answer(Collector.status(401));
        RunningService service = start(collector.url(), "sample_ratio: 1")) {
      for (int batch = 1; batch <= 3; batch++) {
        service.get("/x");
        int sent = batch;
        await().atMost(PATIENCE).until(() -> collector.requests().size() >= sent);
      }
      collector.answer(Collector.status(200));
      service.get("/y");
      await()
          .atMost(PATIENCE)
          .until(() -> service.stdout().stream().anyMatch(line -> line.contains("spans again")));

      String where = collector.url() + "/v1/traces";
      assertThat(service.stdout())
          .filteredOn(line -> line.contains("spans"))
          .map(line -> line.replaceFirst("^\\S+ ", ""))
          .containsExactly(
              "WARNING CountingExporter - "
                  + where
                  + " does not take spans, which are dropped: it answered 401",
              "INFO CountingExporter - " + where + " takes spans again");
      assertThat(service.stderr()).isEmpty();
    }
  }

  @Test
  void an_https_endpoint_is_verified_by_the_authorities_of_the_jdk() throws Exception {
    Authority authority = new Authority();
    Identity identity = authority.issue("127.0.0.1");
    Path store = folder.resolve("authorities.p12");
    try (OutputStream out = Files.newOutputStream(store)) {
      authority.trusted().store(out, Identity.PASSWORD.toCharArray());
    }
    String options =
        "-Djavax.net.ssl.trustStore="
            + store
            + " -Djavax.net.ssl.trustStorePassword="
            + Identity.PASSWORD;
    try (Collector collector = Collector.https(identity)) {
      String yaml =
          """
          http: {port: 0, host: 127.0.0.1}
          tracing: {otlp_endpoint: "https://127.0.0.1:%d", sample_ratio: 1}
          """
              .formatted(collector.port());
      Path file = Files.writeString(folder.resolve("echosounder.yaml"), yaml);
      try (RunningService service =
          RunningService.run(
              folder, Map.of("JAVA_TOOL_OPTIONS", options), "--config", file.toString())) {
        service.awaitStart();
        service.get("/x");
        ReceivedSpan span = collector.awaitPath("/x");
        assertThat(span.name()).isEqualTo("GET");
      }
      try (RunningService service = RunningService.start(folder, yaml)) {
        service.get("/unknown-authority");
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    service.stdout().stream()
                        .anyMatch(line -> line.contains("does not take spans")));
        assertThat(collector.spans())
            .noneMatch(span -> "/unknown-authority".equals(span.attributes().get("url.path")));
      }
    }
  }

  @Test
  void without_an_endpoint_no_class_of_opentelemetry_is_loaded() throws IOException {
    Path log = folder.resolve("classes");
    Map<String, String> environment =
        Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + log, "ECHOSOUNDER_HTTP_PORT", "0");
    try (RunningService service = RunningService.run(folder, environment)) {
      service.awaitStart();
      service.get("/x");
      service.get("/queryurl");
      service.get("/metrics");
      service.sigterm();
      assertThat(service.exitCode()).isZero();
    }
    List<String> loaded = Files.readAllLines(log);
    assertThat(loaded).anyMatch(line -> line.contains("dev.echosounder.tracing.TracingOff"));
    assertThat(loaded).noneMatch(line -> line.contains("io.opentelemetry"));
  }
}
