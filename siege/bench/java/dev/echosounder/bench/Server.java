package dev.echosounder.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A server as a process of its own, on a port of 127.0.0.1. */
final class Server implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final int port;

  private Server(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a server and waits until it tells its port.
   *
   * @param directory its working directory, which takes its output
   * @param told what its output has where it listens, with the port as the first group
   */
  static Server start(Path directory, List<String> command, Pattern told) throws IOException {
    Path log = directory.resolve("log");
    return start(directory, command, () -> port(log, told));
  }

  /** Starts a server that listens on a port which it is given, and waits until it does. */
  static Server start(Path directory, List<String> command, int port) throws IOException {
    return start(directory, command, () -> answers(port));
  }

  private static Server start(Path directory, List<String> command, Callable<OptionalInt> listens)
      throws IOException {
    Files.createDirectories(directory);
    Path log = directory.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("ECHOSOUNDER_"));
    Process process = builder.start();
    try {
      return new Server(process, awaited(process, listens, log));
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static int awaited(Process process, Callable<OptionalInt> listens, Path log)
      throws IOException {
    OptionalInt port =
        Awaitility.await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(20))
            .until(listens, found -> found.isPresent() || !process.isAlive());
    if (port.isEmpty()) {
      throw new IOException("it has ended: " + Files.readString(log));
    }
    return port.getAsInt();
  }

  private static OptionalInt port(Path log, Pattern told) throws IOException {
    Matcher matcher = told.matcher(Files.readString(log));
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  private static OptionalInt answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return OptionalInt.of(socket.getPort());
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  int port() {
    return port;
  }

  /** A URL there. */
  String url(String pathAndQuery) {
    return "http://127.0.0.1:" + port + pathAndQuery;
  }

  ProcessHandle process() {
    return process.toHandle();
  }

  /** Processor time that it has used so far, in seconds. */
  double cpu() throws IOException {
    return CpuTime.ofTree(process());
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new UncheckedIOException(new IOException("it does not end: " + process.pid()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
