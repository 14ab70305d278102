package dev.echosounder.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.RunningEchosounder;
import dev.echosounder.testing.MetricsPage;
import dev.echosounder.testing.Running;
import dev.echosounder.testing.RunningService;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;

/**
 * The whole service, known by nothing but its configuration file, its environment and its ports. It
 * runs in this process, unless a system property names a jar ({@code echosounder.jar}) or an image
 * ({@code echosounder.image}).
 */
final class Subject implements AutoCloseable {

  /** It listens on free ports of the loopback interface. */
  static final String BASE =
      """
      http: {port: 0, host: 127.0.0.1}
      shutdown: {delay: 0s, drain: 1s, linger: 0s}
      metrics: {refresh_interval: 100ms}
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Running running;

  private Subject(Running running) {
    this.running = running;
  }

  /** Starts it with a file of these lines after {@link #BASE}. */
  static Subject start(Path folder, String... lines) throws IOException {
    return start(folder, Optional.of(write(folder, lines)), Map.of());
  }

  /**
   * Starts it.
   *
   * @param folder for what it prints
   * @param file its configuration, or none
   * @param environment its variables
   */
  static Subject start(Path folder, Optional<Path> file, Map<String, String> environment)
      throws IOException {
    boolean inThisProcess =
        Stream.of("echosounder.image", "echosounder.jar")
            .allMatch(name -> System.getProperty(name) == null);
    return new Subject(
        inThisProcess
            ? new RunningEchosounder(file, environment)
            : process(folder, file, environment));
  }

  private static Running process(Path folder, Optional<Path> file, Map<String, String> environment)
      throws IOException {
    String[] arguments =
        file.map(path -> new String[] {"--config", path.toString()}).orElse(new String[0]);
    RunningService service = RunningService.run(folder, environment, arguments);
    try {
      service.awaitStart();
      return service;
    } catch (IOException | RuntimeException | Error e) {
      service.close();
      throw e;
    }
  }

  /** Writes the file that {@link #start} reads, in place. */
  static Path write(Path folder, String... lines) throws IOException {
    return Files.writeString(
        folder.resolve("echosounder.yaml"), BASE + String.join("\n", lines) + "\n");
  }

  /** Waits until this no longer fails; a change of a file takes some seconds to be seen. */
  static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(assertion);
  }

  int port() {
    return running.port();
  }

  int managementPort() {
    return running.managementPort();
  }

  /** The origin of what is answered on every route. */
  String origin() {
    return "http://127.0.0.1:" + port();
  }

  /** Asks for a reserved path. */
  HttpResponse<String> get(String path) throws IOException {
    return ask("GET", managementPort(), path);
  }

  /** Asks for any path on the main port. */
  HttpResponse<String> echo(String method, String path) throws IOException {
    return ask(method, port(), path);
  }

  HttpResponse<String> reload() throws IOException {
    return ask("POST", managementPort(), "/-/reload");
  }

  private HttpResponse<String> ask(String method, int port, String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(PATIENCE)
            .method(method, BodyPublishers.noBody())
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  JsonObject json(String path) throws IOException {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new JsonObject(response.body());
  }

  /** What {@code /queryurl} says of the targets. */
  JsonObject query() throws IOException {
    return json("/queryurl").getJsonObject("response");
  }

  String metrics() throws IOException {
    return get("/metrics").body();
  }

  MetricsPage page(String path) throws IOException {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return MetricsPage.parse(response.body());
  }

  void askToStop() {
    running.askToStop();
  }

  void awaitStop() {
    running.awaitStop();
  }

  @Override
  public void close() {
    running.close();
  }
}
