package dev.echosounder.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.ProbePage;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.bus.Scrape;
import dev.echosounder.metrics.ExpositionParser.Parsed;
import dev.echosounder.settings.DnsOptions;
import dev.echosounder.settings.GrpcOptions;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.IpChoice;
import dev.echosounder.settings.JsonCondition;
import dev.echosounder.settings.ProbeOptions;
import dev.echosounder.settings.Protocol;
import dev.echosounder.settings.ProxyOptions;
import dev.echosounder.settings.TargetId;
import dev.echosounder.settings.TargetUrl;
import dev.echosounder.settings.TcpOptions;
import dev.echosounder.settings.TlsOptions;
import dev.echosounder.testing.MarkdownTable;
import dev.echosounder.testing.Promtool;
import dev.echosounder.testing.Tool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProbePageTest {

  private static final TargetId TARGET =
      new TargetId("http://a.example/", Optional.of("a"), Map.of("team", "pay"));

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void a_probe_that_found_nothing_has_the_documented_families_all_zero(Protocol protocol)
      throws IOException {
    Parsed page = parse(nothingFound(protocol), options(protocol), false);

    Set<String> documented =
        new TreeSet<>(
            MarkdownTable.below(Path.of("docs/metrics.md"), "## The page of /probe").stream()
                .filter(row -> row.get(0).toUpperCase(Locale.ROOT).equals(protocol.name()))
                .flatMap(row -> Arrays.stream(row.get(1).split(", ")))
                .map(name -> name.replaceAll("\\{.*", ""))
                .toList());
    documented.addAll(
        List.of(
            "probe_success",
            "probe_duration_seconds",
            "probe_failure_info",
            "probe_dns_lookup_time_seconds",
            "probe_ip_protocol",
            "probe_ip_addr_hash"));
    assertThat(page.families().keySet()).isEqualTo(documented);
    page.families().values().stream()
        .flatMap(family -> family.samples.stream())
        .filter(
            sample ->
                !Set.of("probe_failure_info", "probe_duration_seconds").contains(sample.name()))
        .forEach(sample -> assertThat(sample.value()).as(sample.name()).isZero());
    assertThat(page.value("probe_failure_info{reason=\"refused\"}")).isOne();
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void whatever_was_found_is_on_the_page_without_a_label_of_the_target(Protocol protocol)
      throws IOException {
    ProbeResult full = Results.full(TARGET, protocol);

    Parsed text = parse(full, options(protocol), false);
    Parsed openMetrics = parse(full, options(protocol), true);

    for (Measure measure : Measure.values()) {
      String labels =
          measure.label().map(l -> "{%s=\"%s\"}".formatted(l.name(), l.value())).orElse("");
      assertThat(text.value(measure.family() + labels)).as(measure.family()).isEqualTo(2);
    }
    full.infos()
        .forEach(
            (info, labels) -> {
              assertThat(text.families().get(info.family()).type).isEqualTo("gauge");
              assertThat(text.families().get(info.family()).samples.get(0).labels())
                  .isEqualTo(labels);
              String family = info.family().replace("_info", "");
              assertThat(openMetrics.families().get(family).type).isEqualTo("info");
            });
    assertThat(text.value("probe_success")).isOne();
    assertThat(text.families()).doesNotContainKey("probe_failure_info");
    assertThat(text.families().values())
        .allSatisfy(
            family -> assertThat(family.labelNames()).doesNotContain("url", "name", "team"));
  }

  @Test
  void the_phases_of_http_are_all_there_as_they_took() throws IOException {
    Parsed page = parse(Results.refused(TARGET), HttpOptions.DEFAULT, false);

    assertThat(page.value("probe_http_duration_seconds{phase=\"connect\"}")).isEqualTo(0.002);
    for (String phase : List.of("resolve", "tls", "processing", "transfer")) {
      assertThat(page.value("probe_http_duration_seconds{phase=\"%s\"}".formatted(phase))).isZero();
    }
    assertThat(page.value("probe_duration_seconds")).isEqualTo(0.003);
  }

  @Test
  void a_condition_on_json_brings_its_family() throws Exception {
    HttpOptions.Checks checks = HttpOptions.Checks.DEFAULT;
    HttpOptions json =
        HttpOptions.DEFAULT.with(
            new HttpOptions.Checks(
                checks.statusCodes(),
                checks.versions(),
                checks.tls(),
                List.of(),
                List.of(),
                Optional.of(JsonCondition.parse("body.ok")),
                Optional.empty(),
                List.of(),
                List.of()));

    assertThat(parse(Results.refused(TARGET), json, false).value("probe_failed_due_to_cel"))
        .isZero();
  }

  @Test
  void where_the_proxy_resolves_names_there_is_no_address() throws IOException {
    HttpOptions.Client direct = HttpOptions.Client.DEFAULT;
    ProxyOptions proxy =
        new ProxyOptions(
            Optional.of(TargetUrl.parse("http://proxy.example:3128", Set.of())),
            Optional.empty(),
            List.of(),
            Map.of());
    HttpOptions proxied =
        HttpOptions.DEFAULT.with(
            new HttpOptions.Client(
                direct.ip(), direct.tls(), true, Optional.empty(), Optional.empty(), proxy, true));

    assertThat(parse(nothingFound(Protocol.HTTP), proxied, false).families())
        .doesNotContainKeys("probe_ip_protocol", "probe_ip_addr_hash");
  }

  @Test
  void a_compressed_page_is_the_page() throws IOException {
    ProbeResult result = Results.full(TARGET);
    byte[] packed = render(result, HttpOptions.DEFAULT, new Scrape(true, true)).body().getBytes();
    byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();

    assertThat(new String(unpacked, StandardCharsets.UTF_8))
        .isEqualTo(text(result, HttpOptions.DEFAULT, true))
        .endsWith("\n# EOF\n")
        .containsOnlyOnce("# EOF");
    assertThat(text(result, HttpOptions.DEFAULT, false)).doesNotContain("# EOF");
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void promtool_finds_no_fault_with_it(Protocol protocol) throws IOException {
    Tool.needs("promtool");

    assertThat(Promtool.check(text(Results.full(TARGET, protocol), options(protocol), false)))
        .isEmpty();
    assertThat(Promtool.check(text(nothingFound(protocol), options(protocol), false))).isEmpty();
  }

  private static ProbeOptions options(Protocol protocol) {
    return switch (protocol) {
      case HTTP -> HttpOptions.DEFAULT;
      case TCP -> TcpOptions.DEFAULT;
      case GRPC -> GrpcOptions.DEFAULT;
      case DNS ->
          new DnsOptions(
              IpChoice.DEFAULT,
              Optional.empty(),
              DnsOptions.Transport.UDP,
              TlsOptions.DEFAULT,
              new DnsOptions.Question("example.org", 1, 1, true),
              Set.of(0),
              DnsOptions.Records.ANY,
              DnsOptions.Records.ANY,
              DnsOptions.Records.ANY);
    };
  }

  private static ProbeResult nothingFound(Protocol protocol) {
    return new ProbeResult(
        TARGET,
        protocol,
        Results.CHECKED_AT,
        Duration.ofMillis(3),
        Reason.REFUSED,
        OptionalInt.empty(),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of());
  }

  private static ProbePage.Rendered render(ProbeResult result, ProbeOptions options, Scrape form)
      throws IOException {
    return ProbePageRenderer.render(new ProbePage(result, options, form));
  }

  private static String text(ProbeResult result, ProbeOptions options, boolean openMetrics)
      throws IOException {
    return render(result, options, new Scrape(openMetrics, false)).body().toString();
  }

  private static Parsed parse(ProbeResult result, ProbeOptions options, boolean openMetrics)
      throws IOException {
    return ExpositionParser.parse(text(result, options, openMetrics), openMetrics);
  }
}
