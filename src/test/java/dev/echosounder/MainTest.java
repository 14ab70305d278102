package dev.echosounder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.testing.RunningService;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process: what it prints, and what it ends with. */
@Tag("integration")
class MainTest {

  private static final String FREE_PORT = "http: {port: 0, host: 127.0.0.1}\n";
  private static final String AT_ONCE = "shutdown: {delay: 0s, drain: 1s, linger: 0s}\n";

  @TempDir private Path folder;

  @Test
  void help_and_the_version_are_printed() throws IOException {
    try (RunningService help = RunningService.run(subfolder("help"), "--help");
        RunningService version = RunningService.run(subfolder("version"), "--version")) {
      assertThat(help.exitCode()).isZero();
      assertThat(help.stdout()).anyMatch(line -> line.startsWith("Usage: echosounder"));
      assertThat(help.stderr()).isEmpty();
      assertThat(version.exitCode()).isZero();
      assertThat(version.stdout()).containsExactly("echosounder " + Version.current());
    }
  }

  @Test
  void an_unknown_option_is_answered_with_the_usage() throws IOException {
    try (RunningService service = RunningService.run(folder, "--chekc")) {
      assertThat(service.exitCode()).isEqualTo(2);
      assertThat(service.stderr())
          .anyMatch(line -> line.contains("--chekc"))
          .anyMatch(line -> line.startsWith("Usage: echosounder"));
      assertThat(service.stdout()).isEmpty();
    }
  }

  @Test
  void a_check_prints_every_problem_or_that_there_is_none() throws IOException {
    String good = write("good.yaml", FREE_PORT);
    String bad =
        write("bad.yaml", "htpp: {}\nlog_level: LOUD\ntargets: [{url: 'ftp://example.org/'}]\n");
    try (RunningService accepting =
            RunningService.run(subfolder("good"), "--config", good, "--check");
        RunningService refusing =
            RunningService.run(subfolder("bad"), "--config", bad, "--check")) {
      assertThat(accepting.exitCode()).isZero();
      assertThat(accepting.stdout()).containsExactly("The configuration is valid.");
      assertThat(accepting.stderr()).isEmpty();
      assertThat(refusing.exitCode()).isEqualTo(2);
      assertThat(refusing.stderr())
          .hasSize(3)
          .anyMatch(line -> line.startsWith("htpp: ") && line.endsWith(" (did you mean http?)"))
          .anyMatch(line -> line.startsWith("log_level: got \"LOUD\", expected "))
          .anyMatch(line -> line.startsWith("targets[0].url: "));
      assertThat(refusing.stdout()).isEmpty();
    }
  }

  @Test
  void it_does_not_start_without_a_configuration_that_it_was_told_to_use() throws IOException {
    String bad = write("bad.yaml", "urls: 5\n");
    try (RunningService broken = RunningService.run(subfolder("broken"), "--config", bad);
        RunningService missing =
            RunningService.run(subfolder("missing"), "--config", "nowhere.yaml")) {
      assertThat(broken.exitCode()).isEqualTo(2);
      assertThat(broken.stderr()).singleElement().asString().startsWith("urls: got 5, expected ");
      assertThat(missing.exitCode()).isEqualTo(2);
      assertThat(missing.stderr())
          .containsExactly("nowhere.yaml: got no file, expected a YAML or JSON file");
    }
  }

  @Test
  void a_port_that_is_taken_is_told_in_one_line() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RunningService service =
            RunningService.run(
                folder,
                "--config",
                write(
                    "taken.yaml",
                    FREE_PORT + "management: {port: " + taken.getLocalPort() + "}\n"))) {
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.stdout())
          .filteredOn(line -> line.contains(" CRITICAL "))
          .singleElement()
          .asString()
          .endsWith(
              " CRITICAL critical - Cannot start: cannot listen on 127.0.0.1:"
                  + taken.getLocalPort()
                  + " (Address already in use): set management.port to a port that is free, or to"
                  + " 0 for any");
      assertThat(service.stderr()).isEmpty();
    }
  }

  @Test
  void at_the_level_critical_only_what_stops_the_service_is_printed() throws IOException {
    Map<String, String> environment = Map.of("ECHOSOUNDER_NOTHING", "1");
    String config = write("quiet.yaml", "log_level: CRITICAL\nhttp: {host: 192.0.2.1}\n");
    try (RunningService service = RunningService.run(folder, environment, "--config", config)) {
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.stdout())
          .singleElement()
          .asString()
          .contains("cannot listen on 192.0.2.1:8080")
          .endsWith("set http.host to an address of this machine");
      assertThat(service.stderr()).isEmpty();
    }
  }

  @Test
  void the_first_run_tells_where_to_look_and_ctrl_c_ends_it() throws IOException {
    Map<String, String> environment =
        Map.of(
            "ECHOSOUNDER_HTTP_PORT", "0",
            "ECHOSOUNDER_HTTP_HOST", "127.0.0.1",
            "ECHOSOUNDER_SHUTDOWN_DELAY", "0s",
            "ECHOSOUNDER_SHUTDOWN_LINGER", "0s");
    try (RunningService service = RunningService.run(folder, environment)) {
      service.awaitStart();
      String origin = "http://127.0.0.1:" + service.port();
      assertThat(service.stdout())
          .anyMatch(
              line -> line.endsWith("see " + origin + "/queryurl and " + origin + "/metrics"));
      JsonObject targets =
          new JsonObject(service.get("/queryurl").body()).getJsonObject("response");
      assertThat(targets.getJsonObject(origin + "/status/200").getInteger("up")).isEqualTo(1);
      assertThat(targets.getJsonObject(origin + "/status/503").getInteger("up")).isZero();

      service.sigint();

      assertThat(service.exitCode()).isZero();
    }
  }

  @Test
  void the_environment_names_the_file_and_the_log_is_as_the_file_says() throws IOException {
    String config = write("named.yaml", FREE_PORT + AT_ONCE + "log_format: json\n");
    Map<String, String> environment =
        Map.of("ECHOSOUNDER_CONFIG", config, "ECHOSOUNDER_APP_NAM", "x");
    try (RunningService service = RunningService.run(folder, environment)) {
      service.awaitStart();

      service.sigterm();

      assertThat(service.exitCode()).isZero();
      assertThat(service.stdout())
          .map(line -> new JsonObject(line).getString("message"))
          .contains("ECHOSOUNDER_APP_NAM: names no key that a variable can set, ignored")
          .anyMatch(message -> message.contains(" answers every route on http://127.0.0.1:"))
          .endsWith("Stopping", "Stopped");
      assertThat(service.stderr()).isEmpty();
    }
  }

  @Test
  void a_reload_changes_the_level_and_the_form_of_the_log() throws IOException {
    String config = write("log.yaml", FREE_PORT + AT_ONCE);
    try (RunningService service = RunningService.run(folder, "--config", config)) {
      service.awaitStart();
      write("log.yaml", FREE_PORT + AT_ONCE + "log_level: ERROR\nlog_format: json\n");
      service.post("/-/reload");
      write("log.yaml", "urls: 5\n");

      await()
          .untilAsserted(
              () -> {
                service.post("/-/reload");
                assertThat(service.stdout())
                    .anyMatch(line -> line.startsWith("{") && line.contains("urls: got 5"));
              });
      service.sigterm();

      assertThat(service.exitCode()).isZero();
      assertThat(service.stdout()).noneMatch(line -> line.contains("Stopping"));
    }
  }

  @Test
  void a_hangup_has_the_configuration_read_again_and_ends_nothing() throws IOException {
    String base = "http: {host: 127.0.0.1, port: 0}\n";
    try (RunningService service = RunningService.start(folder, base)) {
      Files.writeString(service.configFile(), base + "app_name: renamed\n");
      service.sighup();
      await().until(() -> service.get("/healthcheck").body().contains("renamed"));

      Files.writeString(service.configFile(), base + "urls: 1\n");
      service.sighup();
      await().until(() -> said(service, "Configuration refused"));
      assertThat(service.get("/healthcheck").statusCode()).isEqualTo(200);
    }
  }

  private static boolean said(RunningService service, String text) throws IOException {
    return service.stdout().stream().anyMatch(line -> line.contains(text));
  }

  @Test
  void a_second_sigterm_ends_it_at_once() throws IOException {
    try (RunningService service =
        RunningService.start(folder, FREE_PORT + "shutdown: {delay: 10m}\n")) {
      service.sigterm();
      await().until(() -> service.stdout().stream().anyMatch(line -> line.endsWith("Stopping")));

      service.sigterm();

      assertThat(service.exitCode()).isEqualTo(143);
    }
  }

  private Path subfolder(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }

  private String write(String name, String yaml) throws IOException {
    return Files.writeString(folder.resolve(name), yaml).toString();
  }
}
