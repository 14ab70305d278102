package dev.echosounder.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** From the start of {@code java -jar} to the first 200 of {@code /healthcheck/ready}. */
final class StartBenchmark implements Benchmark {

  private static final int FIRST_WITH_AOT_CACHE = 25;

  /** Those of the image that bear on the cache or on the start; see docker/cut-runtime. */
  private static final List<String> IMAGE =
      List.of(
          "-XX:+UseSerialGC", "-XX:+UseCompressedOops", "-XX:InitialHeapSize=16m", "-Xlog:disable");

  @Override
  public void run(Options options, Path directory, Report report) throws Exception {
    List<Contender> contenders = new ArrayList<>();
    for (JavaHome java : options.javas()) {
      contenders.add(contender(plain(java), options, java, directory, List.of()));
      if (java.feature() >= FIRST_WITH_AOT_CACHE) {
        Path cache = trained(options, java, directory);
        List<String> flags = new ArrayList<>(IMAGE);
        flags.add("-XX:AOTCache=" + cache);
        contenders.add(contender(cached(java), options, java, directory, flags));
      }
    }
    Comparison comparison = Comparison.of(1, options.rounds(), contenders);
    report.add("java -jar", comparison);
    for (JavaHome java : options.javas()) {
      String key = "start." + java.feature();
      String name = java.feature() >= FIRST_WITH_AOT_CACHE ? cached(java) : plain(java);
      if (report.asksFor(key)) {
        report.result(key, comparison.median(name, Figure.READY));
      }
    }
  }

  private static String plain(JavaHome java) {
    return "Java " + java.feature();
  }

  private static String cached(JavaHome java) {
    return "Java " + java.feature() + ", with an AOT cache and the flags of the image";
  }

  private static Path trained(Options options, JavaHome java, Path directory)
      throws IOException, InterruptedException {
    Progress.say("trains the AOT cache");
    Path cache = directory.resolve("echosounder.aot");
    Path log = directory.resolve("train-cache.log");
    ProcessBuilder training =
        new ProcessBuilder(
                "docker/train-cache",
                java.java(),
                options.jar().toString(),
                cache.toString(),
                "docker/training.yaml")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    training.environment().put("JAVA_TOOL_OPTIONS", String.join(" ", IMAGE));
    if (training.start().waitFor() != 0) {
      throw new IOException("docker/train-cache: " + Files.readString(log));
    }
    return cache;
  }

  private static Contender contender(
      String name, Options options, JavaHome java, Path directory, List<String> flags) {
    return new Contender(
        name, () -> Map.of(Figure.READY, secondsUntilReady(options, java, directory, flags)));
  }

  private static double secondsUntilReady(
      Options options, JavaHome java, Path directory, List<String> flags) throws IOException {
    int port = FreePort.get();
    Path file =
        Files.writeString(
            directory.resolve("echosounder.yaml"),
            "http: {host: 127.0.0.1, port: %d}\n".formatted(port));
    List<String> command = new ArrayList<>();
    command.add(java.java());
    command.addAll(flags);
    command.addAll(List.of("-jar", options.jar().toString(), "--config", file.toString()));
    Path log = directory.resolve("start.log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    long begin = System.nanoTime();
    Process process = builder.start();
    try {
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> ready(port));
      return (System.nanoTime() - begin) / 1e9;
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }

  private static boolean ready(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              "GET /healthcheck/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
          .startsWith("HTTP/1.1 200 ");
    } catch (IOException e) {
      return false;
    }
  }
}
