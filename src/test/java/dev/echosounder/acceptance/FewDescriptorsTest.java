package dev.echosounder.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.testing.MetricsPage;
import dev.echosounder.testing.RunningService;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A limit of open files that is far below what is configured, under a flood of clients. */
@Tag("acceptance")
class FewDescriptorsTest {

  private static final int TARGETS = 400;

  private final TargetServers servers = new TargetServers(1);

  @TempDir private Path directory;

  @AfterEach
  void close() {
    servers.close();
  }

  /** As many as that are needed by the files of the classes, where it is not the jar that runs. */
  private static int files() {
    return System.getProperty("echosounder.jar") == null
        ? System.getProperty("java.class.path").split(File.pathSeparator, -1).length
        : 0;
  }

  @ParameterizedTest
  @CsvSource({"64, 500", "256, 1000", "1024, 3000"})
  void neither_stalls_the_probes_nor_fills_the_log(int descriptors, int clients)
      throws IOException {
    int limit = descriptors + files();
    List<String> wrapper = List.of("bash", "-c", "ulimit -n " + limit + "; exec \"$@\"", "-");
    try (RunningService service = RunningService.start(directory, yaml(), wrapper)) {
      assertThat(service.stdout().get(0)).contains("open files (ulimit -n)");
      // One that is in before the flood stays in.
      assertThat(service.get("/healthcheck").statusCode()).isEqualTo(200);
      try (Crowd crowd = new Crowd(service.port(), clients)) {
        crowd.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> crowd.answers() + crowd.ended() >= clients);
        for (int round = 0; round < 3; round++) {
          long probed = servers.arrivals().count();
          assertThat(service.get("/healthcheck").statusCode()).isEqualTo(200);
          await().until(() -> servers.arrivals().count() > probed);
        }
        System.out.printf(
            "%d descriptors: %d clients, %d answered, %d refused with 503, %d ended; open %d%n",
            descriptors,
            clients,
            crowd.answers() - crowd.refusals(),
            crowd.refusals(),
            crowd.ended(),
            open(service.process()));
        assertThat(crowd.refusals()).isPositive();
      }
      assertRecovers(service);
      assertThat(service.stdout())
          .filteredOn(line -> !line.matches(".* Watch - .* is (down|up).*"))
          .hasSize(2);
      assertThat(service.stderr()).isEmpty();
      service.sigterm();
      assertThat(service.exitCode()).isZero();
    }
  }

  private void assertRecovers(RunningService service) {
    await()
        .ignoreExceptionsMatching(IOException.class::isInstance)
        .until(() -> service.get("/healthcheck").statusCode() == 200);
    await().until(() -> reasons(service.scrape()).containsAll(Set.of("ok", "timeout")));
    await()
        .untilAsserted(
            () -> assertThat(reasons(service.scrape())).isSubsetOf("ok", "timeout", "overload"));
  }

  private static Set<String> reasons(MetricsPage page) {
    return page.all("probe_attempts_total").stream()
        .filter(sample -> sample.value() > 0)
        .map(sample -> sample.label("reason"))
        .collect(Collectors.toSet());
  }

  private static long open(ProcessHandle process) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return files.count();
    }
  }

  /** Half of the targets are silent: they keep what a probe takes until its deadline. */
  private String yaml() {
    return """
        http: {host: 127.0.0.1, port: 0}
        shutdown: {delay: 100ms, drain: 2s, linger: 100ms}
        query_interval_in_seconds: 4
        request_timeout_in_seconds: 2
        urls:
        %s"""
        .formatted(
            IntStream.range(0, TARGETS)
                .mapToObj(i -> servers.url(0, (i % 2 == 0 ? "/" : "/silent/") + i))
                .map(url -> "  - " + url + "\n")
                .collect(Collectors.joining()));
  }
}
