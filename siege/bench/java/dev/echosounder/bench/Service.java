package dev.echosounder.bench;

import dev.echosounder.testing.MetricsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Echosounder under measurement: the jar, run by a JDK. */
final class Service implements AutoCloseable {

  private static final Pattern TOLD =
      Pattern.compile("answers every route on http://127\\.0\\.0\\.1:(\\d+)");

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Server server;
  private final Path file;
  private final Client client = new Client();

  private Service(Server server, Path file) {
    this.server = server;
    this.file = file;
  }

  /**
   * Starts it, and waits until it is ready.
   *
   * @param directory its working directory, which must be its own
   * @param yaml its configuration, in which it listens on 127.0.0.1 and on any port
   * @param flags of its virtual machine
   */
  static Service start(Options options, JavaHome java, Path directory, String yaml, String... flags)
      throws IOException {
    Files.createDirectories(directory);
    Path file = Files.writeString(directory.resolve("echosounder.yaml"), yaml);
    List<String> command = new ArrayList<>();
    command.add(java.java());
    command.addAll(List.of(flags));
    command.addAll(List.of("-jar", options.jar().toString(), "--config", file.toString()));
    return new Service(Server.start(directory, command, TOLD), file);
  }

  Server server() {
    return server;
  }

  /** Puts another configuration in force. */
  void reload(String yaml) throws IOException, InterruptedException {
    Files.writeString(file, yaml);
    client.post(server.url("/-/reload"));
  }

  /** The sum over the samples of one name that {@code /metrics} shows now. */
  double sum(String name) throws IOException, InterruptedException {
    return samples(name).sum(name);
  }

  /** The samples of {@code /metrics} whose lines begin so. */
  MetricsPage samples(String prefix) throws IOException, InterruptedException {
    // A page of many targets takes seconds to parse.
    return MetricsPage.parse(
        client
            .text(server.url("/metrics"))
            .lines()
            .filter(line -> line.startsWith(prefix))
            .collect(Collectors.joining("\n")));
  }

  /** Waits until that sum is as much as that. */
  void await(String name, double least) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> sum(name) >= least);
  }

  @Override
  public void close() {
    server.close();
  }
}
