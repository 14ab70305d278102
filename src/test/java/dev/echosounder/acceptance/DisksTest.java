package dev.echosounder.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.echosounder.testing.RunningService;
import dev.echosounder.testing.Tool;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Disks that are full, or take nothing at all. They are mounted where the service alone sees them,
 * and go with it.
 *
 * <p>Run as root with {@code mvn -Pacceptance test -Dtest=DisksTest}.
 */
@Tag("acceptance")
class DisksTest {

  private static final int PAGE = 4096;
  private static final Duration STOP = Duration.ofSeconds(20);

  /** The file is looked at every five seconds. */
  private static final Duration PICKED_UP = Duration.ofSeconds(30);

  private static final String RELOADED = "echosounder_config_last_reload_successful";

  /** A disk of four pages in place of the working directory, with the configuration on it. */
  private static final String SMALL_DISK =
      """
      yaml=$(cat echosounder.yaml)
      mount -t tmpfs -o size=16k none "$PWD"
      cd "$PWD"
      printf '%s\\n' "$yaml" >echosounder.yaml
      exec "$@"
      """;

  /** Every disk read-only, and an end of it where one is not. */
  private static final String READ_ONLY =
      """
      while read -r device at rest; do
        mount -o remount,bind,ro "$(printf '%b' "$at")"
      done </proc/self/mounts
      for directory in . / /tmp /var/tmp /dev/shm "$HOME"; do
        if touch "$directory/written" 2>/dev/null; then exit 9; fi
      done
      exec "$@"
      """;

  private final TargetServers servers = new TargetServers(1);

  @TempDir private Path directory;

  @BeforeEach
  void needsMounts() {
    Tool.needs("unshare");
    Tool.needsToRun("unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt");
  }

  @AfterEach
  void close() {
    servers.close();
  }

  private RunningService start(String script) throws IOException {
    return RunningService.start(
        directory,
        yaml("first", 0),
        List.of("unshare", "--mount", "bash", "-e", "-c", script, "-"));
  }

  /** A configuration that is longer by so many bytes, none of which ends a line. */
  private String yaml(String appName, int more) {
    return """
        app_name: %s
        http: {host: 127.0.0.1, port: 0}
        shutdown: {delay: 100ms, drain: 2s, linger: 100ms}
        query_interval_in_seconds: 1
        request_timeout_in_seconds: 1
        urls: ["%s"]
        # %s
        """
        .formatted(appName, servers.url(0, "/"), "x".repeat(more));
  }

  @Test
  void a_full_disk_under_the_configuration_that_is_written_anew() throws IOException {
    try (RunningService service = start(SMALL_DISK)) {
      Path disk = Path.of("/proc", "" + service.process().pid(), "root", directory.toString());
      Path file = disk.resolve("echosounder.yaml");
      fill(disk.resolve("filler"));

      // As an editor does: what was there is gone, and of the new there is what fits.
      assertFull(() -> Files.writeString(file, yaml("second", 2 * PAGE)));
      assertThat(file).hasSize(PAGE);
      assertRefused(service, "got a last line without an end, as of a file that is being written");

      // As a script does that does not look whether its copy was written.
      fill(disk.resolve("filler"));
      Path fresh = Files.createFile(disk.resolve("fresh"));
      assertFull(() -> Files.writeString(fresh, yaml("second", 0)));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      assertThat(file).isEmptyFile();
      assertRefused(service, "got an empty document, expected a mapping of keys");

      Files.delete(disk.resolve("filler"));
      Files.writeString(file, yaml("second", 0));
      await().atMost(PICKED_UP).untilAsserted(() -> assertThat(shown(service)).contains("second"));
      await().until(() -> service.scrape().sum(RELOADED) == 1);
      assertGoesOn(service);
      assertStops(service);
    }
  }

  private static void fill(Path filler) {
    assertFull(
        () -> {
          try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
              out.write(new byte[PAGE]);
            }
          }
        });
  }

  private static void assertFull(ThrowingCallable writing) {
    assertThatThrownBy(writing).isInstanceOf(IOException.class).hasMessageContaining("No space");
  }

  private void assertRefused(RunningService service, String problem) throws IOException {
    var answer = service.post("/-/reload");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("echosounder.yaml: " + problem);
    assertThat(service.stdout()).anyMatch(line -> line.contains(problem));
    await().until(() -> service.scrape().sum(RELOADED) == 0);
    assertThat(shown(service)).contains("first");
    assertGoesOn(service);
  }

  private static String shown(RunningService service) throws IOException {
    return service.get("/config").body().lines().filter(line -> line.contains("app_name")).toList()
        + service.get("/healthcheck").body();
  }

  @Test
  void no_disk_that_takes_a_byte() throws IOException {
    try (RunningService service = start(READ_ONLY)) {
      await().until(() -> service.get("/queryurl").body().contains("\"reason\":\"ok\""));
      assertGoesOn(service);
      assertStops(service);
      assertThat(service.stderr()).isEmpty();
    }
  }

  private void assertGoesOn(RunningService service) throws IOException {
    long probed = servers.arrivals().count();
    await().until(() -> servers.arrivals().count() > probed + 1);
    await().until(() -> service.scrape().sum("sample_external_url_up") == 1);
    assertThat(service.get("/healthcheck").statusCode()).isEqualTo(200);
  }

  private static void assertStops(RunningService service) {
    service.sigterm();
    assertThat(service.exitCode(STOP)).isZero();
  }
}
