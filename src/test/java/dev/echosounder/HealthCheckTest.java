package dev.echosounder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.echosounder.testing.PemText;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthCheckTest {

  @TempDir private Path directory;

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
  void a_certificate_that_nobody_vouches_for_is_taken_of_a_loopback_address_alone()
      throws Exception {
    Optional<String> other = addressOfTheNetwork();
    assumeTrue(other.isPresent(), "needs an address that is not one of loopback");
    PemText pem = PemText.ofCurve();
    Files.writeString(directory.resolve("server.pem"), pem.certificate());
    Files.writeString(directory.resolve("server.key"), pem.key());
    Files.writeString(
        directory.resolve("web.yml"),
        "tls_server_config: {cert_file: server.pem, key_file: server.key}\n");
    Path file =
        Files.writeString(
            directory.resolve("echosounder.yaml"),
            "{http: {host: 0.0.0.0, port: 0}, web: {config_file: web.yml}}\n");
    try (RunningEchosounder service = new RunningEchosounder(Optional.of(file), Map.of())) {
      String rest = ":" + service.ports().main() + "/healthcheck/ready";

      // The first handshakes may take longer than a check waits.
      await().until(() -> HealthCheck.ask("https://127.0.0.1" + rest).isEmpty());
      await().until(() -> HealthCheck.ask("https://localhost" + rest).isEmpty());
      await().until(() -> HealthCheck.ask("https://" + other.get() + rest).contains("PKIX"));
    }
  }

  private static Optional<String> addressOfTheNetwork() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .map(InetAddress::getHostAddress)
        .findFirst();
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
