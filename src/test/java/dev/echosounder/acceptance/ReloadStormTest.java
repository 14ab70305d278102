package dev.echosounder.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.testing.MetricsPage;
import dev.echosounder.testing.MetricsPage.Sample;
import dev.echosounder.testing.RunningService;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * For a minute the configuration, a file of targets and the web configuration change ten times a
 * second in every way a file can change, while reloads are asked for by request and by signal. Of
 * 10,000 targets every other one is another each time.
 *
 * <p>Run with {@code mvn -Pacceptance test -Dtest=ReloadStormTest}.
 */
@Tag("acceptance")
class ReloadStormTest {

  private static final int WITNESSES = 200;
  private static final int STAYING = 4_800;
  private static final int SWAPPED = 4_900;
  private static final int DISCOVERED = 100;
  private static final int CHANGES = 600;
  private static final long CHANGE_MILLIS = 100;
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration LONG_INTERVAL = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int FEW = 16;
  private static final long MAY_GROW = 16 << 20;

  private final TargetServers servers = new TargetServers(2);

  @TempDir private Path directory;

  @AfterEach
  void close() {
    servers.close();
  }

  @Test
  void no_probe_is_lost_or_doubled_and_nothing_is_left_behind() throws IOException {
    Path discovered = directory.resolve("found.sd.yaml");
    Files.writeString(discovered, groups("a"));
    Path web = Files.writeString(directory.resolve("web.yml"), web("deny"));
    FileChanges changes =
        new FileChanges(directory.resolve("mount"), "echosounder.yaml", yaml("a"));
    try (RunningService service =
        RunningService.run(
            directory,
            Map.of("JAVA_TOOL_OPTIONS", "-Xmx256m"),
            "--config",
            changes.file().toString())) {
      service.awaitStart();
      awaitFirstProbes(service);
      Held before = Held.by(service);
      List<CompletableFuture<?>> asked = storm(service, changes, discovered, web);
      asked.forEach(CompletableFuture::join);

      Files.writeString(discovered, groups("a"));
      Files.writeString(web, web("deny"));
      changes.rename(yaml("a"));
      HttpResponse<String> last = service.post("/-/reload");
      assertThat(last.statusCode()).as(last.body()).isEqualTo(200);
      awaitFirstProbes(service);
      long gone = probesOf("/live/b/");
      servers.pause(INTERVAL.toMillis());
      servers.pause(INTERVAL.toMillis());

      assertThat(probesOf("/live/b/")).isEqualTo(gone);
      assertUndisturbed(service);
      assertSeriesOfTheLast(service);
      assertThat(service.get("/config").headers().firstValue("X-Frame-Options")).contains("deny");
      await().atMost(PATIENCE).until(() -> Held.by(service).isLike(before));
      report(service, before);
    }
  }

  /** What a service holds. */
  private record Held(int descriptors, int threads, long heap) {

    static Held by(RunningService service) throws IOException {
      Path proc = Path.of("/proc", Long.toString(service.process().pid()));
      return new Held(
          entries(proc.resolve("fd")),
          entries(proc.resolve("task")),
          LiveHeap.bytes(service.process()));
    }

    private static int entries(Path directory) {
      String[] names = directory.toFile().list();
      return names == null ? 0 : names.length;
    }

    boolean isLike(Held before) {
      return descriptors <= before.descriptors + FEW
          && threads <= before.threads + FEW
          && heap <= before.heap + MAY_GROW;
    }
  }

  private void awaitFirstProbes(RunningService service) {
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofSeconds(2))
        .until(() -> service.scrape().all("probe_success").size() == expected().size());
  }

  private List<CompletableFuture<?>> storm(
      RunningService service, FileChanges changes, Path discovered, Path web) throws IOException {
    List<FileChanges.Way> good = List.copyOf(changes.good().values());
    List<FileChanges.Way> bad = List.copyOf(changes.bad().values());
    List<CompletableFuture<?>> asked = new ArrayList<>();
    String[] contents = {yaml("a"), yaml("b")};
    long begin = System.nanoTime();
    for (int i = 0; i < CHANGES; i++) {
      String content = contents[i / 2 % 2];
      if (i % 4 == 1) {
        bad.get(i / 4 % bad.size()).change(content);
      } else if (i % 4 == 2) {
        changes.rename(content);
      } else {
        good.get(i / 2 % good.size()).change(content);
      }
      if (i % 7 == 0) {
        Files.writeString(discovered, i % 3 == 0 ? "- tar" : groups(i % 2 == 0 ? "a" : "b"));
        Files.writeString(web, i % 3 == 0 ? "http_s" : web(i % 2 == 0 ? "deny" : "sameorigin"));
      }
      if (i % 5 == 0) {
        asked.add(CompletableFuture.runAsync(() -> post(service)));
        service.sighup();
      }
      long wait = begin / 1_000_000 + (i + 1) * CHANGE_MILLIS - System.nanoTime() / 1_000_000;
      servers.pause(Math.max(1, wait));
    }
    return asked;
  }

  private static void post(RunningService service) {
    try {
      assertThat(service.post("/-/reload").statusCode()).isIn(200, 500);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String web(String frames) {
    return "http_server_config: {headers: {X-Frame-Options: " + frames + "}}\n";
  }

  private String yaml(String half) {
    String witnesses =
        paths("/live/witness/", WITNESSES)
            .map(url -> "  - {url: \"%s\", interval: %ds}\n".formatted(url, INTERVAL.toSeconds()))
            .collect(Collectors.joining());
    String others =
        Stream.concat(paths("/live/stays/", STAYING), paths("/live/" + half + "/", SWAPPED))
            .map(url -> "  - " + url + "\n")
            .collect(Collectors.joining());
    return """
        http: {host: 127.0.0.1, port: 0}
        web: {config_file: %s}
        query_interval_in_seconds: %d
        request_timeout_in_seconds: 3
        targets_files: ["%s/*.sd.yaml"]
        targets:
        %surls:
        %s"""
        .formatted(
            directory.resolve("web.yml"), LONG_INTERVAL.toSeconds(), directory, witnesses, others);
  }

  private String groups(String half) {
    return paths("/live/" + half + "/found/", DISCOVERED)
        .map(url -> "  - " + url + "\n")
        .collect(Collectors.joining("", "- targets:\n", ""))
        .replace("\n  - ", "\n    - ");
  }

  private Stream<String> paths(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> servers.url(i, prefix + i));
  }

  private Set<String> expected() {
    return Stream.of(
            paths("/live/witness/", WITNESSES),
            paths("/live/stays/", STAYING),
            paths("/live/a/", SWAPPED),
            paths("/live/a/found/", DISCOVERED))
        .flatMap(urls -> urls)
        .collect(Collectors.toSet());
  }

  private long probesOf(String prefix) {
    return only(prefix).count();
  }

  private Arrivals only(String prefix) {
    return new Arrivals(
        servers.arrivals().times().entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(prefix))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private void assertUndisturbed(RunningService service) throws IOException {
    assertRegular("/live/witness/", WITNESSES, INTERVAL);
    assertRegular("/live/stays/", STAYING, LONG_INTERVAL);
    MetricsPage page = service.scrape();
    assertThat(page.sum("echosounder_probes_skipped_total")).isZero();
    assertThat(page.all("probe_attempts_total"))
        .filteredOn(sample -> sample.label("url").contains("/witness/"))
        .allSatisfy(sample -> assertThat(sample.label("reason")).isEqualTo("ok"));
    assertThat(page.sum("echosounder_config_last_reload_successful")).isEqualTo(1);
    assertThat(page.sum("echosounder_discovery_failing_sources")).isZero();
    assertThat(page.sum("echosounder_probes_in_flight")).isLessThan(WITNESSES);
  }

  private void assertRegular(String prefix, int count, Duration interval) {
    Arrivals arrivals = only(prefix);
    assertThat(arrivals.times()).hasSize(count);
    assertThat(arrivals.gaps())
        .as(prefix)
        .allSatisfy(
            gap ->
                assertThat(gap)
                    .isBetween(interval.dividedBy(2), interval.multipliedBy(3).dividedBy(2)));
    assertThat(arrivals.longestSilence(System.nanoTime()))
        .isLessThan(interval.multipliedBy(3).dividedBy(2));
  }

  private void assertSeriesOfTheLast(RunningService service) throws IOException {
    MetricsPage page = service.scrape();
    Set<String> shown =
        page.samples().values().stream()
            .flatMap(List::stream)
            .filter(sample -> sample.labels().containsKey("url"))
            .map((Sample sample) -> sample.label("url"))
            .collect(Collectors.toSet());
    assertThat(shown).isEqualTo(expected());
    assertThat(page.sum("echosounder_targets")).isEqualTo(expected().size());
    assertThat(page.all("probe_attempts_total")).hasSize(expected().size());
    assertThat(page.sum("echosounder_discovered_targets")).isEqualTo(DISCOVERED);
  }

  private void report(RunningService service, Held before) throws IOException {
    List<Duration> gaps = only("/live/witness/").gaps();
    List<String> log = service.stdout();
    System.out.printf(
        "reload storm: %d changes, %d targets, %d reloaded, %d refusals; witnesses' gaps from %d to"
            + " %d ms; before %s, after %s; %s%n",
        CHANGES,
        expected().size(),
        log.stream().filter(line -> line.contains("Configuration reloaded")).count(),
        log.stream().filter(line -> line.contains("Configuration refused")).count(),
        gaps.get(0).toMillis(),
        gaps.get(gaps.size() - 1).toMillis(),
        before,
        Held.by(service),
        ProcessFigures.of(service.process()));
  }
}
