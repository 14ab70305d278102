package dev.echosounder.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.testing.RunningService;
import dev.echosounder.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What surrounds the process breaks: it goes on, sheds load with 503, or ends with a clear line; it
 * never says that it is well while it is not.
 *
 * <p>Run with {@code mvn -Pacceptance test -Dtest=SurroundingsTest}.
 */
@Tag("acceptance")
class SurroundingsTest {

  private static final int TARGETS = 100;
  private static final int KILLS = Integer.getInteger("acceptance.kills", 50);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final TargetServers servers = new TargetServers(1);

  @TempDir private Path directory;

  @AfterEach
  void close() {
    servers.close();
  }

  @Test
  void standard_output_that_nobody_reads_any_more() throws IOException {
    String reader = "(sed '/answers every route/q' >stdout; exec sleep 600) <fifo";
    try (RunningService service =
        RunningService.start(
            directory, yaml(), shell("mkfifo fifo; " + reader + " & exec \"$@\" >fifo"))) {
      chatter(service);

      assertGoesOn(service);
      assertStops(service);
    }
  }

  @Test
  void standard_output_that_is_closed() throws IOException {
    try (RunningService service =
        RunningService.start(
            directory,
            yaml(),
            shell("exec \"$@\" > >(exec sed '/answers every route/q' >stdout)"))) {
      chatter(service);

      assertGoesOn(service);
      assertStops(service);
    }
  }

  @Test
  void a_disk_that_takes_no_more_of_its_output() throws IOException {
    try (RunningService service =
        RunningService.start(directory, yaml(), shell("ulimit -f 8; exec \"$@\""))) {
      chatter(service);
      await().until(() -> Files.size(directory.resolve("stdout")) == 8 * 1024);

      assertGoesOn(service);
      assertStops(service);
    }
  }

  @Test
  void a_heap_of_64_mebibytes() throws IOException {
    try (RunningService service =
        RunningService.start(directory, yaml(), List.of("env", "JAVA_TOOL_OPTIONS=-Xmx64m"))) {
      for (int i = 0; i < 500; i++) {
        assertThat(service.scrape().sum("echosounder_targets")).isEqualTo(TARGETS);
        assertThat(service.get("/queryurl").statusCode()).isEqualTo(200);
      }

      assertGoesOn(service);
      assertStops(service);
    }
  }

  @Test
  void a_user_without_a_name_and_without_a_home() throws IOException {
    Tool.needs("setpriv");
    if (System.getProperty("echosounder.jar") == null) {
      Tool.missing("needs the jar, -Dechosounder.jar: the classes may be for their owner alone");
    }
    allowAnyone();
    List<String> wrapper =
        List.of("setpriv", "--reuid=12345", "--regid=12345", "--clear-groups", "env", "-u", "HOME");
    try (RunningService service = RunningService.start(directory, yaml(), wrapper)) {
      assertGoesOn(service);
      assertStops(service);
    }
  }

  @Test
  void a_process_that_is_halted_for_a_while_probes_one_round_and_not_all_that_it_missed()
      throws IOException {
    try (RunningService service = RunningService.start(directory, yaml())) {
      await().until(() -> servers.arrivals().times().size() == TARGETS);
      service.signal("STOP");
      servers.pause(500);
      long before = servers.arrivals().count();
      servers.pause(PAUSE.toMillis() / 2);
      servers.pause(PAUSE.toMillis() / 2);
      assertThat(servers.arrivals().count()).isEqualTo(before);

      service.signal("CONT");
      long begin = System.nanoTime();
      servers.pause(1_000);

      long within = servers.arrivals().perSecond(begin, begin + 1_000_000_000L).get(0);
      System.out.printf(
          "halted for %d s: %d probes of %d targets in the next second%n",
          PAUSE.toSeconds(), within, TARGETS);
      assertThat(within).isLessThanOrEqualTo(2 * TARGETS);
      assertGoesOn(service);
      assertStops(service);
    }
  }

  @Test
  void a_kill_leaves_nothing_that_keeps_it_from_starting_again() throws IOException {
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    List<String> wrapper =
        List.of("env", "JAVA_TOOL_OPTIONS=-XX:-UsePerfData -Djava.io.tmpdir=" + temporary);
    int port = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      String yaml = yaml().replace("port: 0", "port: " + port);
      try (RunningService service = RunningService.start(directory, yaml, wrapper)) {
        port = service.port();
        assertThat(service.get("/healthcheck").statusCode()).isEqualTo(200);
        service.signal("KILL");
        assertThat(service.exitCode()).isEqualTo(128 + 9);
      }
    }
    assertThat(temporary).isEmptyDirectory();
    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder("echosounder.yaml", "stdout", "stderr", "temporary");
    System.out.println("killed and started again: " + KILLS + " times");
  }

  private String yaml() {
    return """
        http: {host: 127.0.0.1, port: 0}
        shutdown: {delay: 100ms, drain: 2s, linger: 100ms}
        query_interval_in_seconds: 1
        request_timeout_in_seconds: 1
        urls:
        %s"""
        .formatted(
            IntStream.range(0, TARGETS)
                .mapToObj(i -> "  - " + servers.url(0, "/" + i) + "\n")
                .collect(Collectors.joining()));
  }

  private static List<String> shell(String command) {
    return List.of("bash", "-c", command, "-");
  }

  /** Makes it log far more than a pipe, its queue or the file that it logs to will take. */
  private static void chatter(RunningService service) throws IOException {
    String good = Files.readString(service.configFile());
    String bad =
        IntStream.range(0, 200)
            .mapToObj(i -> "nonsense" + i + ": 1\n")
            .collect(Collectors.joining());
    Files.writeString(service.configFile(), bad);
    for (int i = 0; i < 40; i++) {
      assertThat(service.post("/-/reload").statusCode()).isEqualTo(500);
    }
    Files.writeString(service.configFile(), good);
  }

  private void allowAnyone() throws IOException {
    directory.toFile().setExecutable(true, false);
    directory.toFile().setReadable(true, false);
  }

  private void assertGoesOn(RunningService service) throws IOException {
    long probed = servers.arrivals().count();
    await().until(() -> servers.arrivals().count() > probed + TARGETS);
    await().until(() -> service.scrape().sum("sample_external_url_up") == TARGETS);
    assertThat(service.get("/healthcheck").statusCode()).isEqualTo(200);
  }

  private static void assertStops(RunningService service) {
    service.sigterm();
    assertThat(service.exitCode(STOP)).isZero();
  }
}
