package dev.echosounder.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.bus.AddressOutcome;
import dev.echosounder.bus.Info;
import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbePage;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.bus.Scrape;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.Protocol;
import dev.echosounder.settings.TargetId;
import dev.echosounder.testing.SettingsFixture;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pages to the byte, so that what makes them can change and they do not. A new help text or order
 * is a change of the files in {@code src/test/resources/pages}.
 */
class GoldenPageTest {

  private static final TargetId NAMED =
      new TargetId(
          "https://shop.example/health?a=\"b\"",
          Optional.of("Kasse \\ ü"),
          Map.of("team", "pay", "area", "eu"));
  private static final TargetId DOWN = Results.target("http://down.example/");
  private static final TargetId NEW = Results.target("http://new.example/");

  private static final ProbeResult FOUND =
      new ProbeResult(
          NAMED,
          Protocol.HTTP,
          Results.CHECKED_AT,
          Duration.ofNanos(41_700_499),
          Reason.OK,
          OptionalInt.of(200),
          Map.of(
              Phase.RESOLVE, Duration.ofNanos(12_345),
              Phase.CONNECT, Duration.ofMillis(9),
              Phase.TLS, Duration.ofNanos(1_000_001),
              Phase.TRANSFER, Duration.ZERO),
          Map.of(
              Measure.DNS_LOOKUP_TIME, 0.000123,
              Measure.IP_PROTOCOL, 6.0,
              Measure.IP_ADDR_HASH, 4.016448625E9,
              Measure.HTTP_CONTENT_LENGTH, -1.0,
              Measure.HTTP_UNCOMPRESSED_BODY_LENGTH, 1e15,
              Measure.HTTP_SSL, 1.0,
              Measure.HTTP_VERSION, 1.1,
              Measure.SSL_EARLIEST_CERT_EXPIRY, 1.795284E9),
          Map.of(
              Info.TLS_VERSION, Map.of("version", "TLS 1.3"),
              Info.EXPECT, Map.of("banner", "line\none")),
          List.of(
              new AddressOutcome("192.0.2.1", Reason.OK, Duration.ofMillis(41)),
              new AddressOutcome("2001:db8::1", Reason.REFUSED, Duration.ofMillis(2))));

  private final TargetTable table = new TargetTable();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void the_series_of_targets(boolean openMetrics) throws IOException {
    table.keep(SettingsFixture.withEveryFamily(NAMED, DOWN, NEW).targets());
    table.take(FOUND);
    table.count(Results.refused(NAMED));
    table.take(Results.refused(DOWN));
    PageRenderer renderer = new PageRenderer(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));

    assertThat(
            PageCopy.of(renderer.render(new Scrape(openMetrics, false), table.now()))
                .body()
                .toString())
        .isEqualTo(golden("targets", openMetrics));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void the_page_of_a_probe(boolean openMetrics) throws IOException {
    ProbePage page = new ProbePage(FOUND, HttpOptions.DEFAULT, new Scrape(openMetrics, false));

    assertThat(ProbePageRenderer.render(page).body().toString())
        .isEqualTo(golden("probe", openMetrics));
  }

  private static String golden(String name, boolean openMetrics) throws IOException {
    String form = openMetrics ? "openmetrics" : "text";
    return Files.readString(Path.of("src/test/resources/pages/%s-%s.txt".formatted(name, form)));
  }
}
