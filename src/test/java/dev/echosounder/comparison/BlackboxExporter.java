package dev.echosounder.comparison;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Debian's blackbox_exporter, as a process of its own on a free port of loopback. */
final class BlackboxExporter implements AutoCloseable {

  static final String COMMAND = "prometheus-blackbox-exporter";

  private static final Pattern PORT =
      Pattern.compile("msg=\"Listening on\" address=127\\.0\\.0\\.1:(\\d+)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;

  private BlackboxExporter(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static BlackboxExporter start(Path directory, Path configuration) throws IOException {
    Path log = directory.resolve("blackbox.log");
    Process process =
        new ProcessBuilder(
                COMMAND, "--config.file=" + configuration, "--web.listen-address=127.0.0.1:0")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Optional<Integer> port =
        await()
            .atMost(PATIENCE)
            .until(() -> port(log), found -> found.isPresent() || !process.isAlive());
    if (port.isEmpty()) {
      throw new AssertionError("it has ended: " + Files.readString(log));
    }
    return new BlackboxExporter(process, port.get());
  }

  private static Optional<Integer> port(Path log) throws IOException {
    Matcher listening = PORT.matcher(Files.readString(log));
    return listening.find() ? Optional.of(Integer.valueOf(listening.group(1))) : Optional.empty();
  }

  /** What it answers to a path with a query. */
  String get(String pathAndQuery) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + pathAndQuery);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
