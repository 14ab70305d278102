package dev.echosounder.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.bus.Info;
import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.bus.Scrape;
import dev.echosounder.metrics.ExpositionParser.Parsed;
import dev.echosounder.metrics.ExpositionParser.Sample;
import dev.echosounder.settings.Protocol;
import dev.echosounder.settings.TargetId;
import dev.echosounder.testing.SettingsFixture;
import dev.echosounder.testing.TestResult;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetPageTest {

  private static final TargetId A = Results.target("http://a.example/");
  private static final TargetId B = Results.target("http://b.example/");

  private static final Map<String, Double> PHASES_OF_HTTP =
      Map.of("resolve", 1.0, "connect", 2.0, "tls", 4.0, "processing", 8.0, "transfer", 16.0);

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
    for (Info info : Info.values()) {
      assertThat(page.families().get(info.family()).samples)
          .singleElement()
          .satisfies(sample -> assertThat(sample.value()).isOne())
          .satisfies(
              sample ->
                  assertThat(sample.labels())
                      .containsEntry("url", "http://a.example/")
                      .containsAllEntriesOf(Results.full(A).infos().get(info))
                      .hasSize(1 + Results.full(A).infos().get(info).size()));
    }
  }

  @Test
  void each_address_of_a_name_has_its_own_series() throws IOException {
    targets(A);
    table.take(Results.full(A));

    Parsed page = page();

    assertThat(page.value(ofAddress("probe_ip_success", "192.0.2.1"))).isOne();
    assertThat(page.value(ofAddress("probe_ip_success", "2001:db8::1"))).isZero();
    assertThat(page.value(ofAddress("probe_ip_duration_seconds", "192.0.2.1"))).isEqualTo(0.041);
    assertThat(page.value(ofAddress("probe_ip_duration_seconds", "2001:db8::1"))).isEqualTo(0.002);

    table.take(Results.refused(A));

    assertThat(page().families()).doesNotContainKeys("probe_ip_success", "probe_tls_version_info");
  }

  private static String ofAddress(String family, String ip) {
    return "%s{ip=\"%s\",url=\"http://a.example/\"}".formatted(family, ip);
  }

  static Stream<Arguments> phasesOfProtocols() {
    return Stream.of(
        Arguments.of(Protocol.HTTP, "probe_http_duration_seconds", PHASES_OF_HTTP),
        Arguments.of(
            Protocol.TCP,
            "probe_tcp_duration_seconds",
            Map.of("resolve", 1.0, "connect", 2.0, "tls", 4.0, "processing", 24.0)),
        Arguments.of(
            Protocol.DNS,
            "probe_dns_duration_seconds",
            Map.of("resolve", 1.0, "connect", 6.0, "request", 24.0)),
        Arguments.of(
            Protocol.GRPC, "probe_grpc_duration_seconds", Map.of("resolve", 1.0, "check", 30.0)));
  }

  @ParameterizedTest
  @MethodSource("phasesOfProtocols")
  void phases_have_the_names_of_their_protocol_and_none_is_lost(
      Protocol protocol, String family, Map<String, Double> expected) throws IOException {
    targets(A);
    Map<Phase, Duration> ran = new EnumMap<>(Phase.class);
    long seconds = 1;
    for (Phase phase : Phase.values()) {
      ran.put(phase, Duration.ofSeconds(seconds));
      seconds *= 2;
    }
    table.take(result(protocol, ran, Map.of(), Map.of()));

    assertThat(
            page().families().get(family).samples.stream()
                .collect(Collectors.toMap(s -> s.labels().get("phase"), Sample::value)))
        .isEqualTo(expected);
  }

  @Test
  void a_phase_that_never_ran_is_absent_and_one_in_two_parts_that_ran_in_one_is_there()
      throws IOException {
    targets(A);
    table.take(
        result(Protocol.DNS, Map.of(Phase.CONNECT, Duration.ofSeconds(2)), Map.of(), Map.of()));

    Parsed page = page();

    assertThat(page.families()).doesNotContainKeys("probe_http_duration_seconds");
    assertThat(page.families().get("probe_dns_duration_seconds").samples)
        .singleElement()
        .satisfies(sample -> assertThat(sample.labels()).containsEntry("phase", "connect"));
    assertThat(page.families()).doesNotContainKeys("probe_http_status_code");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_label_of_ours_gives_way_to_the_targets_own(boolean openMetrics) throws IOException {
    Map<String, String> own =
        Map.of("version", "7", "banner", "b", "ip", "10.0.0.1", "serving_status", "mine");
    TargetId clashing = new TargetId("http://a.example/", Optional.of("a"), own);
    Map<String, String> found = new LinkedHashMap<>();
    found.put("url", "http://evil/");
    found.put("name", "evil");
    found.put("banner", "220 hello");
    found.put("release", "3.1");
    targets(clashing);
    ProbeResult full = Results.full(clashing, Protocol.TCP);
    Map<Info, Map<String, String>> infos = new EnumMap<>(full.infos());
    infos.put(Info.EXPECT, found);
    table.take(
        new ProbeResult(
            clashing,
            full.protocol(),
            full.checkedAt(),
            full.duration(),
            full.reason(),
            full.statusCode(),
            full.phases(),
            full.measures(),
            infos,
            full.addresses()));

    Parsed page = ExpositionParser.parse(render(openMetrics));

    String suffix = openMetrics ? "" : "_info";
    assertThat(page.families().get("probe_tls_version" + suffix).samples.get(0).labels())
        .containsEntry("version", "7");
    assertThat(page.families().get("probe_expect" + suffix).samples.get(0).labels())
        .containsEntry("banner", "b")
        .containsEntry("release", "3.1")
        .containsEntry("url", "http://a.example/")
        .containsEntry("name", "a")
        .hasSize(7);
    assertThat(page.families())
        .doesNotContainKeys("probe_ip_success", "probe_grpc_healthcheck_response");
  }

  @Test
  void an_info_is_a_gauge_in_prometheus_text_and_an_info_in_openmetrics() throws IOException {
    targets(A);
    table.take(Results.full(A));

    assertThat(text(render(false)))
        .contains("# TYPE probe_tls_version_info gauge\nprobe_tls_version_info{");
    assertThat(text(render(true)))
        .contains("# TYPE probe_tls_version info\nprobe_tls_version_info{");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void hostile_texts_that_a_probe_found_come_back_as_they_were(boolean openMetrics)
      throws IOException {
    String subject = "CN=\"a\\,\n# EOF\nup 1} \u2028\u00fc\ud83d\udc1f";
    targets(A);
    table.take(
        result(
            Protocol.HTTP,
            Map.of(),
            Map.of(),
            Map.of(Info.TLS_CHAIN, Map.of("subject", subject), Info.EXPECT, Map.of())));

    Parsed page = ExpositionParser.parse(render(openMetrics));

    String suffix = openMetrics ? "" : "_info";
    assertThat(page.families().get("probe_ssl_last_chain" + suffix).samples.get(0).labels())
        .isEqualTo(Map.of("url", "http://a.example/", "subject", subject));
    assertThat(page.families().get("probe_expect" + suffix).samples.get(0).labels())
        .isEqualTo(Map.of("url", "http://a.example/"));
  }

  private static ProbeResult result(
      Protocol protocol,
      Map<Phase, Duration> phases,
      Map<Measure, Double> measures,
      Map<Info, Map<String, String>> infos) {
    return new ProbeResult(
        A,
        protocol,
        Results.CHECKED_AT,
        Duration.ofSeconds(31),
        Reason.OK,
        OptionalInt.of(200),
        phases,
        measures,
        infos,
        List.of());
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
    table.keep(SettingsFixture.withEveryFamily(A).targets());
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

    table.keep(SettingsFixture.withEveryFamily(A, B).targets());
    assertThat(text(render(false))).contains(count + " 0\n").contains("http://b.example/\"} 0\n");
    table.take(Results.full(A));
    table.keep(SettingsFixture.withEveryFamily(A).targets());
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

    PageCopy packed = PageCopy.of(renderer.render(new Scrape(openMetrics, true), table.now()));

    assertThat(packed.unpacked()).isEqualTo(text(render(openMetrics)));
  }

  @Test
  void a_page_handed_out_does_not_change_with_the_next_result() throws IOException {
    targets(A);
    var before = table.now();
    table.take(Results.full(A));

    PageCopy page = PageCopy.of(renderer.render(new Scrape(false, false), before));

    assertThat(text(page)).doesNotContain("probe_success");
  }

  private void targets(TargetId... ids) {
    table.keep(SettingsFixture.withTargets(ids).targets());
  }

  private PageCopy render(boolean openMetrics) throws IOException {
    return PageCopy.of(renderer.render(new Scrape(openMetrics, false), table.now()));
  }

  private Parsed page() throws IOException {
    return ExpositionParser.parse(render(false));
  }

  private static String text(PageCopy page) {
    return page.body().toString(StandardCharsets.UTF_8);
  }

  private static String attempts(String reason, TargetId id) {
    return "probe_attempts_total{reason=\"%s\",url=\"%s\"}".formatted(reason, id.url());
  }
}
