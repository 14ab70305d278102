package dev.echosounder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HealthCheckTest {

  @Test
  void a_service_that_is_ready_is_well_and_another_status_is_not() {
    try (RunningEchosounder service =
        new RunningEchosounder(Optional.empty(), Map.of("ECHOSOUNDER_HTTP_PORT", "0"))) {
      String url = "http://127.0.0.1:" + service.ports().main();

      assertThat(HealthCheck.ask(url + "/healthcheck/ready")).isEmpty();
      assertThat(HealthCheck.ask(url + "/status/503")).isEqualTo(url + "/status/503 answers 503");
      assertThat(HealthCheck.ask(url + "/status/301")).endsWith("answers 301");
    }
  }

  @Test
  void a_port_that_nobody_listens_on_is_not_well() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }

    assertThat(HealthCheck.ask("http://127.0.0.1:" + port + "/")).contains("refused");
  }

  @Test
  void a_service_that_never_answers_is_not_well() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/";

      assertThat(HealthCheck.ask(url)).contains("timed out");
    }
  }

  @Test
  void what_is_no_url_of_http_is_told() {
    assertThat(HealthCheck.ask("localhost")).contains("localhost");
    assertThat(HealthCheck.ask("file:/etc/hosts")).contains("file:/etc/hosts");
  }

  @Test
  void the_process_ends_with_1_and_a_line_unless_it_is_well() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.echosounder.HealthCheck")
            .redirectErrorStream(true)
            .start();

    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(output).contains("got 0 arguments, expected a URL");
  }
}
