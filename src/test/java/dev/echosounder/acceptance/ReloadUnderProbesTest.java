package dev.echosounder.acceptance;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.testing.MetricsPage;
import dev.echosounder.testing.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever becomes of the configuration file while probes run, no probe is missed.
 *
 * <p>Run with {@code mvn -Pacceptance test -Dtest=ReloadUnderProbesTest}.
 */
@Tag("acceptance")
class ReloadUnderProbesTest {

  private static final int TARGETS = 200;
  private static final int CUTS = 10;
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final Duration MISSED = INTERVAL.multipliedBy(3).dividedBy(2);
  private static final Duration TWICE = INTERVAL.dividedBy(2);
  private static final Duration SHIFTED = Duration.ofMillis(250);

  /** Longer than the period in which the file is looked at, and the time it must stay the same. */
  private static final long LOOKED_AT_MILLIS = 6_000;

  private static final String GAUGE = "echosounder_config_last_reload_successful";

  private final TargetServers servers = new TargetServers(2);

  @TempDir private Path directory;

  @AfterEach
  void close() {
    servers.close();
  }

  @Test
  void no_turn_is_missed_while_the_file_is_broken_empty_half_written_or_gone() throws IOException {
    String good = yaml(IntStream.range(0, TARGETS).mapToObj(i -> "/live/" + i));
    List<String> damages =
        Stream.concat(
                Stream.of("", "urls: [", good + "urlz: []\n"),
                ThreadLocalRandom.current()
                    .ints(1, good.length())
                    .filter(end -> good.charAt(end - 1) != '\n')
                    .limit(CUTS)
                    .mapToObj(end -> good.substring(0, end)))
            .toList();
    try (RunningService service = RunningService.start(directory, good)) {
      Path file = service.configFile();
      await().until(() -> servers.arrivals().times().size() == TARGETS);

      for (String damage : damages) {
        Files.writeString(file, damage);
        assertReload(service, 500, 0);
        Files.writeString(file, good);
        assertReload(service, 200, 1);
      }
      Files.delete(file);
      assertReload(service, 500, 0);
      servers.pause(LOOKED_AT_MILLIS);
      replace(file, good);
      assertReload(service, 200, 1);

      Files.writeString(file, "targets: 1\n");
      await().atMost(Duration.ofSeconds(20)).until(() -> service.scrape().sum(GAUGE) == 0);
      servers.pause(LOOKED_AT_MILLIS);
      replace(file, good);
      await().atMost(Duration.ofSeconds(20)).until(() -> service.scrape().sum(GAUGE) == 1);

      report("damage", service);
      assertUndisturbed(service, servers.arrivals(), TARGETS);
      assertThat(service.stdout())
          .filteredOn(line -> line.contains("Configuration refused"))
          .hasSize(damages.size() + 2);
    }
  }

  @Test
  void a_target_that_is_removed_is_gone_and_the_others_keep_their_turns() throws IOException {
    List<String> kept = IntStream.range(0, TARGETS).mapToObj(i -> "/live/" + i).toList();
    String before = yaml(Stream.concat(kept.stream(), Stream.of("/silent/removed")));
    String after = yaml(Stream.concat(Stream.of("/live/added"), kept.stream()));
    try (RunningService service = RunningService.start(directory, before)) {
      servers.pause(INTERVAL.multipliedBy(4).toMillis());
      assertThat(series(service.scrape(), "/silent/removed")).isPositive();

      replace(service.configFile(), after);
      int probed = probesOf("/silent/removed");
      await().pollInterval(Duration.ofMillis(10)).until(() -> probesOf("/silent/removed") > probed);
      assertThat(service.post("/-/reload").statusCode()).isEqualTo(200);
      assertThat(series(service.scrape(), "/silent/removed")).isZero();
      int last = probesOf("/silent/removed");
      servers.pause(INTERVAL.multipliedBy(5).toMillis());

      report("change", service);
      assertThat(series(service.scrape(), "/silent/removed")).isZero();
      assertThat(service.scrape().sum("echosounder_targets")).isEqualTo(TARGETS + 1);
      assertThat(probesOf("/silent/removed")).isEqualTo(last);
      assertThat(probesOf("/live/added")).isGreaterThanOrEqualTo(4);
      assertUndisturbed(service, servers.arrivals().without("/silent/removed"), TARGETS + 1);
      assertThat(kept).allSatisfy(path -> assertThat(shift(path)).isLessThan(SHIFTED));
    }
  }

  private String yaml(Stream<String> paths) {
    return """
        http: {host: 127.0.0.1, port: 0}
        query_interval_in_seconds: %d
        request_timeout_in_seconds: 1
        urls:
        %s"""
        .formatted(
            INTERVAL.toSeconds(),
            paths.map(path -> "  - " + servers.url(0, path) + "\n").collect(Collectors.joining()));
  }

  private static void replace(Path file, String content) throws IOException {
    Path fresh = Files.writeString(file.resolveSibling("fresh"), content);
    Files.move(fresh, file, ATOMIC_MOVE);
  }

  private static void assertReload(RunningService service, int status, int successful)
      throws IOException {
    assertThat(service.post("/-/reload").statusCode()).isEqualTo(status);
    assertThat(service.scrape().sum(GAUGE)).isEqualTo(successful);
  }

  private static long series(MetricsPage page, String path) {
    return page.samples().values().stream()
        .flatMap(List::stream)
        .filter(sample -> sample.label("url").endsWith(path))
        .count();
  }

  private int probesOf(String path) {
    return servers.arrivals().times().getOrDefault(path, List.of()).size();
  }

  /** How far a target's newest turn is from where its turns were, as a part of the interval. */
  private Duration shift(String path) {
    List<Long> times = servers.arrivals().times().get(path);
    long interval = INTERVAL.toNanos();
    long off = Math.floorMod(times.get(times.size() - 1) - times.get(1), interval);
    return Duration.ofNanos(Math.min(off, interval - off));
  }

  private static void assertUndisturbed(RunningService service, Arrivals arrivals, int targets)
      throws IOException {
    assertThat(arrivals.times()).hasSize(targets);
    assertThat(arrivals.gaps()).allSatisfy(gap -> assertThat(gap).isBetween(TWICE, MISSED));
    assertThat(arrivals.longestSilence(System.nanoTime())).isLessThan(MISSED);
    assertThat(service.scrape().sum("echosounder_probes_skipped_total")).isZero();
  }

  private void report(String kind, RunningService service) throws IOException {
    List<Duration> gaps = servers.arrivals().gaps();
    System.out.printf(
        "reload %s: %d targets, %d probes, gaps from %d to %d ms, %.0f skipped, %d refusals logged%n",
        kind,
        servers.arrivals().times().size(),
        servers.arrivals().count(),
        gaps.get(0).toMillis(),
        gaps.get(gaps.size() - 1).toMillis(),
        service.scrape().sum("echosounder_probes_skipped_total"),
        service.stdout().stream().filter(line -> line.contains("Configuration refused")).count());
  }
}
