package dev.echosounder.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The program as users run it: a process of its own, with its exit code and its output, or a
 * container. Which, {@link Program} says. Its environment has no variable of Echosounder but those
 * it is given, its working directory is the one it is given.
 */
public final class RunningService implements Running {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern START_LINE =
      Pattern.compile("answers every route on https?://[^:]+:(\\d+); see https?://[^:]+:(\\d+)/");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path directory;
  private final Program program;
  private final Process process;
  private OptionalInt port = OptionalInt.empty();
  private OptionalInt managementPort = OptionalInt.empty();

  private RunningService(Path directory, Program program, Process process) {
    this.directory = directory;
    this.program = program;
    this.process = process;
  }

  /**
   * Runs it with any arguments, without waiting for anything.
   *
   * @param directory its working directory, which takes its output too
   */
  public static RunningService run(Path directory, String... arguments) throws IOException {
    return run(directory, Map.of(), arguments);
  }

  /**
   * Runs it with any arguments, without waiting for anything.
   *
   * @param directory its working directory, which takes its output too
   * @param environment its variables of Echosounder
   */
  public static RunningService run(
      Path directory, Map<String, String> environment, String... arguments) throws IOException {
    return run(directory, List.of(), environment, arguments);
  }

  private static RunningService run(
      Path directory, List<String> wrapper, Map<String, String> environment, String... arguments)
      throws IOException {
    Program program = Program.underTest();
    ProcessBuilder builder =
        program
            .process(directory, environment, List.of(arguments))
            .redirectOutput(directory.resolve("stdout").toFile())
            .redirectError(directory.resolve("stderr").toFile());
    builder.command().addAll(0, wrapper);
    return new RunningService(directory, program, builder.start());
  }

  /** Runs it with a configuration file, and waits until it says that it is ready. */
  public static RunningService start(Path directory, String yaml) throws IOException {
    return start(directory, yaml, List.of());
  }

  /**
   * Runs it as part of another command, such as one that takes something away from it, and waits
   * until it says that it is ready.
   *
   * @param wrapper what the command that runs it is appended to; it must execute that in its place
   */
  public static RunningService start(Path directory, String yaml, List<String> wrapper)
      throws IOException {
    Path file = Files.writeString(directory.resolve("echosounder.yaml"), yaml);
    RunningService service = run(directory, wrapper, Map.of(), "--config", file.toString());
    try {
      service.awaitStart();
      return service;
    } catch (IOException | RuntimeException | Error e) {
      service.close();
      throw e;
    }
  }

  /** Waits for the line that says where it listens. */
  public void awaitStart() throws IOException {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> stdout().stream().anyMatch(this::tellsPorts) || !process.isAlive());
    if (port.isEmpty()) {
      throw new AssertionError("it has ended: " + stdout() + stderr());
    }
  }

  private boolean tellsPorts(String line) {
    Matcher matcher = START_LINE.matcher(line);
    if (!matcher.find()) {
      return false;
    }
    port = OptionalInt.of(Integer.parseInt(matcher.group(1)));
    managementPort = OptionalInt.of(Integer.parseInt(matcher.group(2)));
    return true;
  }

  @Override
  public int port() {
    return port.orElseThrow();
  }

  @Override
  public int managementPort() {
    return managementPort.orElseThrow();
  }

  /** The file that {@link #start} wrote. */
  public Path configFile() {
    return directory.resolve("echosounder.yaml");
  }

  /** What it has logged so far. */
  public List<String> stdout() throws IOException {
    return Files.readAllLines(directory.resolve("stdout"));
  }

  /** What it has complained of so far. */
  public List<String> stderr() throws IOException {
    return Files.readAllLines(directory.resolve("stderr"));
  }

  /** Asks for a reserved path. */
  public HttpResponse<String> get(String path) throws IOException {
    return exchange(reserved(path).GET().build());
  }

  /** Posts nothing to a reserved path. */
  public HttpResponse<String> post(String path) throws IOException {
    return exchange(reserved(path).POST(BodyPublishers.noBody()).build());
  }

  /** What {@code /metrics} shows now. */
  public MetricsPage scrape() throws IOException {
    return MetricsPage.parse(get("/metrics").body());
  }

  private HttpRequest.Builder reserved(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort() + path))
        .timeout(PATIENCE);
  }

  private HttpResponse<String> exchange(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Asks it to stop. */
  public void sigterm() {
    // Not Process.destroy(), which closes our end of its output as well.
    process.toHandle().destroy();
  }

  @Override
  public void askToStop() {
    sigterm();
  }

  @Override
  public void awaitStop() {
    if (exitCode() != 0) {
      throw new AssertionError("it ended with " + process.exitValue());
    }
  }

  /** Asks it to stop, as Ctrl-C does. */
  public void sigint() throws IOException {
    signal("INT");
  }

  /** Sends it a signal, by the name that {@code kill} knows. */
  public void signal(String name) throws IOException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
  }

  /** Its exit code, once it has ended by itself. */
  public int exitCode() {
    return exitCode(PATIENCE);
  }

  /** Its exit code, once it has ended by itself. */
  public int exitCode(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still runs after " + patience);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The process, for its figures. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    exitCode(PATIENCE);
    try {
      program.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
