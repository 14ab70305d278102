package dev.echosounder.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.acceptance.BrokenTargets.Way;
import dev.echosounder.testing.MetricsPage;
import dev.echosounder.testing.MetricsPage.Sample;
import dev.echosounder.testing.Pem;
import dev.echosounder.testing.RunningService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 2,000 HTTPS targets at 10 s intervals, a third of them broken in eight ways. Each is reported
 * with its right reason, and what the service holds in memory does not grow.
 *
 * <p>Run with {@code mvn -Pacceptance test -Dtest=HttpsTargetsTest}; {@code
 * -Dacceptance.seconds=600} makes it longer than a minute.
 */
@Tag("acceptance")
class HttpsTargetsTest {

  private static final int TARGETS = 2_000;
  private static final int WAYS = 8;
  private static final List<String> REASONS =
      List.of(
          "tls_expired",
          "tls_hostname",
          "tls",
          "refused",
          "timeout",
          "status",
          "reset",
          "protocol");

  private static final Duration WARM_UP = Duration.ofSeconds(35);
  private static final Duration SPAN =
      Duration.ofSeconds(Integer.getInteger("acceptance.seconds", 60));

  /** Results that are kept grow to history.results; nothing else may. */
  private static final double GROWTH = 1.1;

  @TempDir private Path directory;

  @Test
  void each_broken_target_has_its_reason_and_memory_stays() throws Exception {
    try (BrokenTargets targets = new BrokenTargets();
        RunningService service = RunningService.start(directory, configuration(targets))) {
      targets.pause(WARM_UP);
      long before = LiveHeap.bytes(service.process());
      MetricsPage first = service.scrape();
      targets.pause(SPAN);
      long after = LiveHeap.bytes(service.process());
      MetricsPage page = service.scrape();
      System.out.printf(
          "%d HTTPS targets for %d s: %.0f attempts, %.0f skipped, live heap %.1f MiB, then %.1f"
              + " MiB; %s%n",
          TARGETS,
          WARM_UP.plus(SPAN).toSeconds(),
          page.sum("probe_attempts_total"),
          page.sum("echosounder_probes_skipped_total"),
          before / 1048576.0,
          after / 1048576.0,
          ProcessFigures.of(service.process()));

      assertReasons(first, page, "ok", targets.good);
      for (Way way : targets.ways) {
        assertReasons(first, page, way.reason(), way.url());
      }
      assertThat((double) after).isLessThan(before * GROWTH);
    }
  }

  /** Since the first page; in the first round, on a cold virtual machine, some are too slow. */
  private static void assertReasons(
      MetricsPage first, MetricsPage page, String reason, String url) {
    Map<String, Double> before = attempts(first, url);
    Map<String, Double> since = attempts(page, url);
    before.forEach((series, count) -> since.merge(series, -count, Double::sum));
    since.values().removeIf(count -> count == 0);

    long expected = IntStream.range(0, TARGETS).filter(i -> isOf(reason, i)).count();
    System.out.printf("%s: %d targets%n", reason, since.size());
    assertThat(since).hasSize((int) expected);
    assertThat(since.keySet()).allMatch(series -> series.startsWith(reason + " "));
    assertThat(page.sum("probe_success", (Sample sample) -> sample.label("url").startsWith(url)))
        .isEqualTo(reason.equals("ok") ? (double) expected : 0.0);
  }

  private static Map<String, Double> attempts(MetricsPage page, String url) {
    return page.all("probe_attempts_total").stream()
        .filter(sample -> sample.value() > 0 && sample.label("url").startsWith(url + "/"))
        .collect(
            Collectors.toMap(
                sample -> sample.label("reason") + " " + sample.label("url"), Sample::value));
  }

  /** Every third target is broken, in one way after the other. */
  private static boolean isOf(String reason, int number) {
    return number % 3 == 0 ? reason.equals(REASONS.get(number / 3 % WAYS)) : reason.equals("ok");
  }

  private String configuration(BrokenTargets targets) throws Exception {
    Path ca =
        Files.writeString(
            directory.resolve("ca.pem"),
            Pem.certificate(targets.authority().trusted().getCertificate("authority")));
    String list =
        IntStream.range(0, TARGETS)
            .mapToObj(
                number ->
                    "  - {url: \"%s/%d\", module: https, interval: 10s, timeout: 5s}\n"
                        .formatted(server(targets, number), number))
            .collect(Collectors.joining());
    return """
        http: {host: 127.0.0.1, port: 0}
        history: {results: 10}
        modules: {https: {prober: http, http: {tls_config: {ca_file: "%s"}}}}
        targets:
        %s"""
        .formatted(ca, list);
  }

  private static String server(BrokenTargets targets, int number) {
    return number % 3 == 0 ? targets.ways.get(number / 3 % WAYS).url() : targets.good;
  }
}
