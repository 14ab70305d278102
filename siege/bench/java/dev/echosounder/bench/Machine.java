package dev.echosounder.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where and when it was measured, and with which versions; without the name of the machine. */
final class Machine {

  private static final Map<String, List<String>> VERSIONS = new LinkedHashMap<>();

  static {
    VERSIONS.put("wrk", List.of("wrk", "-v"));
    VERSIONS.put("nginx", List.of("nginx", "-v"));
    VERSIONS.put("blackbox_exporter", List.of("prometheus-blackbox-exporter", "--version"));
    VERSIONS.put(
        "aiohttp and prometheus_client",
        List.of(
            "dpkg-query",
            "--show",
            "--showformat=${Version} ",
            "python3-aiohttp",
            "python3-prometheus-client"));
  }

  private Machine() {}

  /** By name, in order. */
  static Map<String, String> facts(Options options) throws IOException, InterruptedException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("date", Instant.now().truncatedTo(ChronoUnit.MINUTES).toString());
    facts.put(
        "processor",
        line("/proc/cpuinfo", "model name")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " of them");
    facts.put("memory", line("/proc/meminfo", "MemTotal"));
    facts.put("kernel", System.getProperty("os.version"));
    for (JavaHome java : options.javas()) {
      facts.put("Java " + java.feature(), java.version());
    }
    for (Map.Entry<String, List<String>> version : VERSIONS.entrySet()) {
      facts.put(version.getKey(), firstLine(version.getValue()));
    }
    return facts;
  }

  static JsonObject json(Map<String, String> facts) {
    JsonObject json = new JsonObject();
    facts.forEach(json::put);
    return json;
  }

  private static String line(String file, String key) throws IOException {
    return Files.readAllLines(Path.of(file)).stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static String firstLine(List<String> command) throws InterruptedException {
    return firstLineOf(command).orElse("not installed");
  }

  private static Optional<String> firstLineOf(List<String> command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      process.waitFor();
      return output.lines().findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
