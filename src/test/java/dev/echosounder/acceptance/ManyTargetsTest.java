package dev.echosounder.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.testing.MetricsPage;
import dev.echosounder.testing.MetricsPage.Sample;
import dev.echosounder.testing.RunningService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 5,000 targets at 10 s intervals, a third of them dead: half of these refuse, half accept and stay
 * silent until the timeout of 5 s. Every one is probed every interval, none late, and the probes
 * make an even trickle.
 *
 * <p>Run with {@code mvn -Pacceptance test -Dtest=ManyTargetsTest}; {@code
 * -Dacceptance.seconds=600} makes it longer than a minute.
 */
@Tag("acceptance")
class ManyTargetsTest {

  private static final int TARGETS = 5_000;
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration LATE = Duration.ofMillis(250);

  /** Leaves room for a machine that others use too. On one that is idle, all are on time. */
  private static final double ALMOST_ALL = 0.95;

  private static final Duration SPAN =
      Duration.ofSeconds(Integer.getInteger("acceptance.seconds", 60));
  private static final long SCRAPE_MILLIS = 5_000;

  @TempDir private Path directory;

  @Test
  void every_target_is_probed_every_interval_and_on_time() throws IOException {
    try (TargetServers servers = new TargetServers(4);
        SocketChannel deaf = bound();
        RunningService service = RunningService.start(directory, configuration(servers, deaf))) {
      long begin = System.nanoTime();
      // The first round, of early turns on a cold virtual machine, and half of the next.
      servers.pause(INTERVAL.multipliedBy(3).dividedBy(2).toMillis());
      MetricsPage first = service.scrape();
      long steady = System.nanoTime();
      Duration scraping = Duration.ZERO;
      while (System.nanoTime() - steady < SPAN.toNanos()) {
        servers.pause(SCRAPE_MILLIS);
        long before = System.nanoTime();
        service.get("/metrics");
        scraping = longer(scraping, Duration.ofNanos(System.nanoTime() - before));
      }
      MetricsPage page = service.scrape();
      Arrivals arrivals = servers.arrivals();
      long end = System.nanoTime();

      List<Long> perSecond = arrivals.perSecond(steady, end);
      double mean = perSecond.stream().mapToLong(Long::longValue).average().orElseThrow();
      long most = perSecond.stream().mapToLong(Long::longValue).max().orElseThrow();
      List<Duration> deviations = arrivals.deviations(INTERVAL);
      System.out.printf(
          "targets: %d of %d seen by the servers, %d probes in %d s; starts/s mean %.0f, most %d;"
              + " off the lattice by p50 %d, p99 %d, at most %d ms%n",
          arrivals.times().size(),
          TARGETS,
          arrivals.count(),
          Duration.ofNanos(end - begin).toSeconds(),
          mean,
          most,
          Arrivals.quantile(deviations, 0.5).toMillis(),
          Arrivals.quantile(deviations, 0.99).toMillis(),
          Arrivals.quantile(deviations, 1).toMillis());
      System.out.printf(
          "service: attempts %.0f, lag <= 10 ms %.4f, <= 250 ms %.4f, <= 1 s %.4f of them; in flight"
              + " %.0f, skipped %.0f; slowest of the scrapes %d ms; %s%n",
          page.sum("probe_attempts_total"),
          onTime(first, page, "0.01"),
          onTime(first, page, "0.25"),
          onTime(first, page, "1.0"),
          page.sum("echosounder_probes_in_flight"),
          page.sum("echosounder_probes_skipped_total"),
          scraping.toMillis(),
          ProcessFigures.of(service.process()));

      assertThat(page.sum("echosounder_targets")).isEqualTo(TARGETS);
      assertThat(page.sum("echosounder_probes_skipped_total")).isZero();
      assertThat(onTime(first, page, "0.25")).isGreaterThan(ALMOST_ALL);
      assertThat(onTime(first, page, "2.5")).isEqualTo(1);

      assertThat(arrivals.times()).hasSize(count("live") + count("silent"));
      assertThat(Arrivals.quantile(arrivals.gaps(), 1))
          .isLessThan(INTERVAL.multipliedBy(3).dividedBy(2));
      assertThat(arrivals.longestSilence(end)).isLessThan(INTERVAL.multipliedBy(3).dividedBy(2));
      assertThat(Arrivals.quantile(deviations, ALMOST_ALL)).isLessThan(LATE);
      assertThat((double) most).isLessThan(2 * mean);

      assertOutcome(page, "live", "ok");
      assertOutcome(page, "silent", "timeout");
      assertOutcome(page, "refused", "refused");
      assertAttempts(page, arrivals, Duration.ofNanos(end - begin));
    }
  }

  /** A port that nobody listens on, and that nobody else can take. */
  private static SocketChannel bound() throws IOException {
    return SocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static String kind(int number) {
    return switch (number % 6) {
      case 0 -> "silent";
      case 3 -> "refused";
      default -> "live";
    };
  }

  private static int count(String kind) {
    return (int) IntStream.range(0, TARGETS).filter(i -> kind(i).equals(kind)).count();
  }

  private static String configuration(TargetServers servers, SocketChannel deaf)
      throws IOException {
    int deafPort = ((InetSocketAddress) deaf.getLocalAddress()).getPort();
    String urls =
        IntStream.range(0, TARGETS)
            .mapToObj(
                number -> {
                  String path = "/" + kind(number) + "/" + number;
                  return kind(number).equals("refused")
                      ? "http://127.0.0.1:" + deafPort + path
                      : servers.url(number, path);
                })
            .map(url -> "  - " + url + "\n")
            .collect(Collectors.joining());
    return """
        http: {host: 127.0.0.1, port: 0}
        query_interval_in_seconds: %d
        request_timeout_in_seconds: 5
        urls:
        %s"""
        .formatted(INTERVAL.toSeconds(), urls);
  }

  /** Which share of the probes between two pages started at most so many seconds late. */
  private static double onTime(MetricsPage first, MetricsPage last, String seconds) {
    return (started(last, seconds) - started(first, seconds))
        / (started(last, "+Inf") - started(first, "+Inf"));
  }

  private static double started(MetricsPage page, String bound) {
    return page.sum(
        "echosounder_schedule_lag_seconds_bucket", sample -> sample.label("le").equals(bound));
  }

  private static void assertOutcome(MetricsPage page, String kind, String reason) {
    Predicate<Sample> ofKind = sample -> sample.label("url").contains("/" + kind + "/");
    double up = reason.equals("ok") ? count(kind) : 0;
    assertThat(page.all("sample_external_url_up")).filteredOn(ofKind).hasSize(count(kind));
    assertThat(page.sum("sample_external_url_up", ofKind)).as(kind).isEqualTo(up);
    assertThat(page.all("probe_attempts_total"))
        .filteredOn(ofKind.and(sample -> sample.value() > 0))
        .allSatisfy(sample -> assertThat(sample.label("reason")).isEqualTo(reason))
        .hasSize(count(kind));
  }

  /** Each target's attempts are those that its server saw, and one for each interval. */
  private static void assertAttempts(MetricsPage page, Arrivals arrivals, Duration elapsed) {
    double turns = (double) elapsed.toNanos() / INTERVAL.toNanos();
    assertThat(page.all("probe_attempts_total"))
        .filteredOn(sample -> sample.value() > 0)
        .allSatisfy(
            sample -> {
              assertThat(sample.value()).isBetween(turns - 2, turns + 1.5);
              String path = URI.create(sample.label("url")).getPath();
              List<Long> seen = arrivals.times().get(path);
              if (seen != null) {
                assertThat(sample.value() - seen.size()).as(path).isBetween(-1.0, 1.0);
              }
            });
  }
}
