package dev.echosounder.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.echosounder.config.ConfigSource;
import dev.echosounder.config.Reading;
import dev.echosounder.hostile.Canaries.Canary;
import dev.echosounder.settings.Settings;
import dev.echosounder.testing.Authority;
import dev.echosounder.testing.Collector;
import dev.echosounder.testing.Configured;
import dev.echosounder.testing.HttpsClient;
import dev.echosounder.testing.Identity;
import dev.echosounder.testing.OutcomeTable;
import dev.echosounder.testing.Pem;
import dev.echosounder.testing.RunningService;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The secrets of a web configuration, and those that clients send, and every output again. */
class WebSecretsCanaryTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> MISTAKES =
      List.of(
          "basic_auth_users: {u: C}\n",
          "basic_auth_users: {u: [C]}\n",
          "basic_auth_users: C\n",
          "basic_auth_users: {u: $2y$10$C}\n",
          "basic_auth_users: {'u:C': C}\n",
          "tls_server_config: {cert_file: server.pem, key: C}\n",
          "tls_server_config: {cert_file: server.pem, key: [C]}\n",
          "tls_server_config: {cert_file: server.pem, key: '-----BEGIN PRIVATE KEY-----C'}\n",
          "tls_server_config: {cert_file: server.pem, key_file: mistake.key}\n",
          "tls_server_config: {cert: C, key_file: server.key}\n",
          "basic_auth_users: {u: 'C}\n",
          "basic_auth_users: {u: *C}\n");

  @TempDir Path directory;

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, String> outputs = new LinkedHashMap<>();
  private Canaries canaries;
  private HttpsClient client;
  private String password;
  private String wrong;

  @BeforeEach
  void plant() throws Exception {
    canaries = new Canaries(directory);
    Authority authority = new Authority();
    client = HttpsClient.of(authority);
    Identity own = authority.issue("127.0.0.1");
    String key = Pem.key(own);
    canaries.plant("TLS key", "tls_server_config.key_file", key.split("\n", -1)[1]);
    password = canaries.sent("password of a user");
    wrong = canaries.sent("password that is wrong");
    String hash = BCrypt.withDefaults().hashToString(4, password.toCharArray());
    canaries.plant("hash of a password", "basic_auth_users", hash.substring(10));
    write("server.pem", Pem.certificate(own.certificate()));
    write("server.key", key);
    write(
        "web.yml",
        "tls_server_config: {cert_file: server.pem, key_file: server.key}\n"
            + "basic_auth_users: {u: '"
            + hash
            + "'}\n");
  }

  @AfterEach
  void stop() {
    Waiting.on(vertx.close());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  @Test
  void no_secret_of_users_clients_or_certificates_is_in_any_output() throws Exception {
    try (Collector collector = Collector.http()) {
      String yaml =
          """
          http: {host: 127.0.0.1, port: 0}
          shutdown: {delay: 0s, drain: 1s, linger: 0s}
          web: {config_file: web.yml}
          log_level: DEBUG
          """
              + canaries.tracing(collector.url());
      run(yaml);
      outputs.put("spans", collector.spans().toString());
      assertThat(collector.requests()).isNotEmpty();
      Settings settings = Configured.by(vertx, directory, yaml);
      outputs.put("toString of the settings", settings + settings.shown().encodePrettily());
      outputs.put("--check", check());
    }
    outputs.put("a mistake in each key", mistakes());
    OutcomeTable table = new OutcomeTable("Secrets of the web configuration", "secret", "found in");
    List<String> found = new ArrayList<>();
    for (Canary canary : canaries.planted()) {
      List<String> leaks =
          outputs.keySet().stream()
              .filter(name -> canary.traces().stream().anyMatch(outputs.get(name)::contains))
              .toList();
      table.row(canary.kind(), leaks.isEmpty() ? "none" : leaks);
      leaks.forEach(output -> found.add(canary.kind() + " in " + output));
    }
    table.section("Outputs", "output", "bytes");
    outputs.forEach((name, text) -> table.row(name, text.length()));
    table.write("secrets-web.md");

    assertThat(found).isEmpty();
    assertThat(outputs.values()).noneMatch(String::isEmpty);
  }

  private void run(String yaml) throws Exception {
    try (RunningService service = RunningService.start(directory, yaml)) {
      int port = service.port();
      for (String path : List.of("/metrics", "/config", "/healthcheck", "/queryurl", "/history")) {
        outputs.put(path, ask(port, "GET", path, basic(password)));
        outputs.put(path + ", wrong password", ask(port, "GET", path, basic(wrong)));
      }
      String token = "Bearer " + canaries.sent("token of a client of echo");
      outputs.put("an echo", ask(port, "GET", "/any/route", token));
      outputs.put("an echo of POST", ask(port, "POST", "/any/route", basic(wrong)));
      outputs.put("/-/reload", ask(port, "POST", "/-/reload", basic(password)));
      write("web.yml", Files.readString(directory.resolve("web.yml")) + "rate_limit: [1]\n");
      outputs.put("/-/reload, refused", ask(port, "POST", "/-/reload", basic(password)));
      outputs.put("a start at a port that is taken", second(yaml, port));
      quit(service);
      service.sigterm();
      service.exitCode();
      outputs.put("log and thread dump", String.join("\n", service.stdout()));
      outputs.put("stderr", String.join("\n", service.stderr()) + "\n");
    }
    write("web.yml", Files.readString(directory.resolve("web.yml")).replace("rate_limit: [1]", ""));
  }

  private static void quit(RunningService service) throws Exception {
    new ProcessBuilder("kill", "-QUIT", Long.toString(service.process().pid())).start().waitFor();
    await()
        .atMost(PATIENCE)
        .until(() -> service.stdout().stream().anyMatch(line -> line.contains("JNI global ref")));
  }

  private String second(String yaml, int port) throws IOException {
    Path folder = Files.createDirectory(directory.resolve("second"));
    for (String name : List.of("server.pem", "server.key")) {
      Files.copy(directory.resolve(name), folder.resolve(name));
    }
    String web = Files.readString(directory.resolve("web.yml")).replace("rate_limit: [1]", "");
    Files.writeString(folder.resolve("web.yml"), web);
    Path file =
        Files.writeString(
            folder.resolve("echosounder.yaml"), yaml.replace("port: 0", "port: " + port));
    return output(folder, "--config", file.toString());
  }

  private String check() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("check"));
    String file = directory.resolve("echosounder.yaml").toString();
    return output(folder, "--config", file, "--check");
  }

  private static String output(Path folder, String... arguments) throws IOException {
    try (RunningService service = RunningService.run(folder, arguments)) {
      service.exitCode();
      return String.join("\n", service.stdout()) + String.join("\n", service.stderr());
    }
  }

  private String ask(int port, String method, String path, String authorization) throws Exception {
    HttpRequest request =
        HttpsClient.request(port, path + "?probe=1")
            .header("Authorization", authorization)
            .method(method, BodyPublishers.ofString("a body"))
            .build();
    var answer = client.send(request, new SSLParameters());
    return answer.headers().map() + answer.body();
  }

  private static String basic(String password) {
    byte[] pair = ("u:" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private String mistakes() throws IOException {
    StringBuilder said = new StringBuilder();
    Path file =
        Files.writeString(directory.resolve("mistaken.yaml"), "web: {config_file: mistake.yml}\n");
    for (String mistake : MISTAKES) {
      String secret = canaries.mistaken(mistake.strip());
      write("mistake.key", "-----BEGIN PRIVATE KEY-----\n" + secret + "\n");
      write("mistake.yml", mistake.replaceAll("(?<![A-Za-z])C(?![A-Za-z])", secret));
      Reading reading = Waiting.on(ConfigSource.of(vertx, Optional.of(file), Map.of()).read());
      assertThat(reading.problems()).as(mistake).isNotEmpty();
      said.append(String.join("\n", reading.problems())).append('\n');
    }
    return said.toString();
  }
}
