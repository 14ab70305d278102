package dev.echosounder.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.bus.Scrape;
import dev.echosounder.metrics.ExpositionParser.Parsed;
import dev.echosounder.settings.TargetId;
import dev.echosounder.testing.SettingsFixture;
import dev.echosounder.testing.TestResult;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetPageTest {

  private static final TargetId A = Results.target("http://a.example/");
  private static final TargetId B = Results.target("http://b.example/");

  private final TargetTable table = new TargetTable();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final PageRenderer renderer = new PageRenderer(registry);

  @Test
  void a_target_without_a_result_has_only_a_counter_at_zero() throws IOException {
    targets(A);

    Parsed page = page();

    assertThat(page.families()).containsOnlyKeys("probe_attempts_total");
    assertThat(page.value("probe_attempts_total{reason=\"ok\",url=\"http://a.example/\"}"))
        .isZero();
  }

  @Test
  void an_up_target_shows_every_family() throws IOException {
    targets(A);
    table.take(Results.full(A));

    Parsed page = page();

    String url = "{url=\"http://a.example/\"}";
    assertThat(page.value("sample_external_url_up" + url)).isOne();
    assertThat(page.value("sample_external_url_response_ms" + url)).isBetween(41.6, 41.9);
    assertThat(page.value("probe_success" + url)).isOne();
    assertThat(page.value("probe_duration_seconds" + url)).isBetween(0.0416, 0.0419);
    assertThat(page.value("probe_http_status_code" + url)).isEqualTo(200);
    assertThat(page.value("probe_last_run_timestamp_seconds" + url)).isEqualTo(1795284000.120);
    for (Phase phase : Phase.values()) {
      String series =
          "probe_http_duration_seconds{phase=\"%s\",url=\"http://a.example/\"}"
              .formatted(phase.label());
      assertThat(page.value(series)).as(series).isBetween(0.008, 0.009);
    }
    for (Measure measure : Measure.values()) {
      String labels =
          measure
              .label()
              .map(l -> "{%s=\"%s\",url=\"http://a.example/\"}".formatted(l.name(), l.value()))
              .orElse(url);
      assertThat(page.value(measure.family() + labels)).isEqualTo(2);
    }
  }

  @Test
  void what_a_failed_probe_did_not_reach_is_absent_though_an_older_one_did() throws IOException {
    targets(A);
    table.take(Results.full(A));
    table.take(Results.refused(A));

    Parsed page = page();

    String url = "{url=\"http://a.example/\"}";
    assertThat(page.value("sample_external_url_up" + url)).isZero();
    assertThat(page.value("probe_success" + url)).isZero();
    assertThat(page.families()).doesNotContainKeys("probe_http_status_code", "probe_http_ssl");
    assertThat(page.families().get("probe_http_duration_seconds").samples)
        .singleElement()
        .satisfies(sample -> assertThat(sample.labels()).containsEntry("phase", "connect"));
  }

  @Test
  void attempts_count_up_for_the_reasons_that_occurred() throws IOException {
    targets(A);
    table.take(Results.refused(A));
    table.take(Results.full(A));
    table.take(Results.refused(A));

    Parsed page = page();

    assertThat(page.families().get("probe_attempts_total").samples).hasSize(2);
    assertThat(page.value(attempts("ok", A))).isOne();
    assertThat(page.value(attempts("refused", A))).isEqualTo(2);
  }

  @Test
  void a_failure_that_is_tried_again_is_counted_and_changes_no_gauge() throws IOException {
    targets(A);
    table.count(Results.refused(A));
    assertThat(page().families()).containsOnlyKeys("probe_attempts_total");
    table.take(Results.full(A));
    table.count(Results.refused(A));
    table.count(Results.refused(B));

    Parsed page = page();

    assertThat(page.value(attempts("refused", A))).isEqualTo(2);
    assertThat(page.value(attempts("ok", A))).isOne();
    assertThat(page.value("probe_success{url=\"http://a.example/\"}")).isOne();
    assertThat(page.value("probe_http_status_code{url=\"http://a.example/\"}")).isEqualTo(200);
    assertThat(page.value(attempts("refused", B))).isNull();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_histogram_counts_every_attempt_of_the_targets_that_ask_for_it(boolean openMetrics)
      throws IOException {
    table.keep(SettingsFixture.withHistograms(A).targets());
    table.take(Results.full(A));
    table.count(Results.refused(A));

    String family = "probe_attempt_duration_seconds";
    assertThat(text(render(openMetrics)))
        .containsOnlyOnce("# TYPE " + family + " histogram\n")
        .contains(family + "_bucket{url=\"http://a.example/\",le=\"0.005\"} 1\n")
        .contains(family + "_bucket{url=\"http://a.example/\",le=\"0.025\"} 1\n")
        .contains(family + "_bucket{url=\"http://a.example/\",le=\"0.05\"} 2\n")
        .contains(family + "_bucket{url=\"http://a.example/\",le=\"1.0\"} 2\n")
        .contains(family + "_bucket{url=\"http://a.example/\",le=\"+Inf\"} 2\n")
        .containsPattern(family + "_sum\\{url=\"http://a.example/\"} 0\\.044[67]")
        .contains(family + "_count{url=\"http://a.example/\"} 2\n");
  }

  @Test
  void a_histogram_begins_at_zero_and_goes_with_its_option_while_counters_stay()
      throws IOException {
    String count = "probe_attempt_duration_seconds_count{url=\"http://a.example/\"}";
    targets(A);
    table.take(Results.full(A));

    table.keep(SettingsFixture.withHistograms(A, B).targets());
    assertThat(text(render(false))).contains(count + " 0\n").contains("http://b.example/\"} 0\n");
    table.take(Results.full(A));
    table.keep(SettingsFixture.withHistograms(A).targets());
    assertThat(text(render(false))).contains(count + " 1\n");
    targets(A);

    assertThat(text(render(false))).doesNotContain("probe_attempt_duration_seconds");
    assertThat(page().value(attempts("ok", A))).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void every_reason_is_a_label_of_the_contract(Reason reason) throws IOException {
    targets(A);
    ProbeResult some = Results.refused(A);
    table.take(
        TestResult.of(
            A, some.checkedAt(), some.duration(), reason, some.statusCode(), Map.of(), Map.of()));

    assertThat(page().value(attempts(reason.label(), A))).isOne();
  }

  @Test
  void a_removed_target_is_gone_and_a_late_result_does_not_bring_it_back() throws IOException {
    targets(A, B);
    table.take(Results.full(A));
    table.take(Results.full(B));

    targets(B);
    table.take(Results.full(A));

    Parsed page = page();
    assertThat(page.value(attempts("ok", A))).isNull();
    assertThat(page.value("probe_success{url=\"http://a.example/\"}")).isNull();
    assertThat(page.value(attempts("ok", B))).isOne();
    assertThat(table.size()).isOne();
  }

  @Test
  void a_target_that_stays_keeps_its_counters_and_one_that_returns_begins_anew()
      throws IOException {
    targets(A, B);
    table.take(Results.full(A));
    table.take(Results.full(B));

    targets(B);
    targets(B, A);

    assertThat(page().value(attempts("ok", B))).isOne();
    assertThat(page().value(attempts("ok", A))).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void hostile_label_values_come_back_as_they_were(boolean openMetrics) throws IOException {
    String url = "http://x/?q=\"}\\n 1\n# EOF\nup{a=\"\u2028\u00fc\ud83d\udc1f";
    TargetId hostile =
        new TargetId(url, Optional.of("na\\me\"\n"), Map.of("z", "last\\", "team", "\"\n\\"));
    targets(hostile);
    table.take(Results.full(hostile));

    Parsed page = ExpositionParser.parse(render(openMetrics));

    assertThat(page.families().get("probe_success").samples.get(0).labels())
        .isEqualTo(Map.of("url", url, "name", "na\\me\"\n", "team", "\"\n\\", "z", "last\\"));
    assertThat(page.families().get("sample_external_url_up").samples.get(0).labels())
        .isEqualTo(Map.of("url", url, "name", "na\\me\"\n"));
  }

  @Test
  void openmetrics_names_a_counter_without_its_suffix_in_the_header() throws IOException {
    targets(A);
    registry.counter("mine").increment();

    String page = text(render(true));

    assertThat(page)
        .contains("# TYPE probe_attempts counter\nprobe_attempts_total{")
        .contains("# TYPE mine counter")
        .endsWith("\n# EOF\n")
        .containsOnlyOnce("# EOF");
  }

  @Test
  void prometheus_text_has_no_end_mark() throws IOException {
    targets(A);

    assertThat(text(render(false)))
        .contains("# TYPE probe_attempts_total counter\nprobe_attempts_total{")
        .doesNotContain("# EOF");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_compressed_page_is_the_page(boolean openMetrics) throws IOException {
    targets(A, B);
    table.take(Results.full(A));

    byte[] packed = renderer.render(new Scrape(openMetrics, true), table.now()).body().getBytes();
    byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();

    assertThat(new String(unpacked, StandardCharsets.UTF_8)).isEqualTo(text(render(openMetrics)));
  }

  @Test
  void a_page_handed_out_does_not_change_with_the_next_result() throws IOException {
    targets(A);
    var before = table.now();
    table.take(Results.full(A));

    Scrape.Page page = renderer.render(new Scrape(false, false), before);

    assertThat(text(page)).doesNotContain("probe_success");
  }

  private void targets(TargetId... ids) {
    table.keep(SettingsFixture.withTargets(ids).targets());
  }

  private Scrape.Page render(boolean openMetrics) throws IOException {
    return renderer.render(new Scrape(openMetrics, false), table.now());
  }

  private Parsed page() throws IOException {
    return ExpositionParser.parse(render(false));
  }

  private static String text(Scrape.Page page) {
    return page.body().toString(StandardCharsets.UTF_8);
  }

  private static String attempts(String reason, TargetId id) {
    return "probe_attempts_total{reason=\"%s\",url=\"%s\"}".formatted(reason, id.url());
  }
}
