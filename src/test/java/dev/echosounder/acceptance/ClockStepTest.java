package dev.echosounder.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.testing.MetricsPage;
import dev.echosounder.testing.RunningService;
import dev.echosounder.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock of the machine is set forward and back by an hour; the monotonic one is not. */
@Tag("acceptance")
class ClockStepTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long STEP = 3600;

  private final TargetServers servers = new TargetServers(1);

  @TempDir private Path directory;

  @AfterEach
  void close() {
    servers.close();
  }

  @Test
  void probes_go_on_at_their_interval_and_only_timestamps_follow_it() throws IOException {
    Tool.needs("faketime");
    Path clock = Files.writeString(directory.resolve("clock"), "+0\n");
    List<String> wrapper =
        List.of(
            "env",
            "FAKETIME_TIMESTAMP_FILE=" + clock,
            "FAKETIME_CACHE_DURATION=1",
            "FAKETIME_DONT_FAKE_MONOTONIC=1",
            "DONT_FAKE_MONOTONIC=1",
            "LD_PRELOAD=/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");
    String yaml =
        """
        http: {host: 127.0.0.1, port: 0}
        shutdown: {delay: 100ms, drain: 2s, linger: 100ms}
        query_interval_in_seconds: 1
        request_timeout_in_seconds: 1
        urls: ["%s"]
        """
            .formatted(servers.url(0, "/a"));
    try (RunningService service = RunningService.start(directory, yaml, wrapper)) {
      for (long offset : new long[] {0, STEP, -STEP, 0}) {
        Files.writeString(clock, (offset < 0 ? "" : "+") + offset + "\n");
        await()
            .atMost(PATIENCE)
            .until(() -> Math.abs(lastRun(service) - now() - offset) < STEP / 2);
        long probed = servers.arrivals().count();
        servers.pause(5_000);
        long more = servers.arrivals().count() - probed;
        System.out.printf("clock %+d s: %d probes in 5 s%n", offset, more);
        assertThat(more).isBetween(1L, 8L);
        assertSane(service, offset);
      }
      service.sigterm();
      assertThat(service.exitCode()).isZero();
    }
  }

  private static void assertSane(RunningService service, long offset) throws IOException {
    await().atMost(PATIENCE).until(() -> service.scrape().sum("sample_external_url_up") == 1);
    MetricsPage page = service.scrape();
    assertThat(page.sum("probe_duration_seconds")).isBetween(0.0, 60.0);
    assertThat(page.sum("echosounder_schedule_lag_seconds_sum")).isBetween(0.0, 60.0);
    assertThat(page.sum("probe_attempts_total")).isLessThan(STEP);
    assertThat(service.get("/healthcheck").statusCode()).isEqualTo(200);
    String shown = Instant.ofEpochSecond((long) now() + offset).toString().substring(0, 13);
    assertThat(service.get("/queryurl").body())
        .contains("\"up\":1")
        .contains(shown.substring(0, 11));
  }

  private static double lastRun(RunningService service) throws IOException {
    return service.scrape().sum("probe_last_run_timestamp_seconds");
  }

  private static double now() {
    return System.currentTimeMillis() / 1e3;
  }
}
