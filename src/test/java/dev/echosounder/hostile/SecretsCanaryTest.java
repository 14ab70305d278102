package dev.echosounder.hostile;

import static dev.echosounder.hostile.Bytes.field;
import static dev.echosounder.hostile.Bytes.frame;
import static dev.echosounder.hostile.Bytes.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.config.ConfigSource;
import dev.echosounder.config.Reading;
import dev.echosounder.hostile.Canaries.Canary;
import dev.echosounder.settings.Settings;
import dev.echosounder.testing.Collector;
import dev.echosounder.testing.Configured;
import dev.echosounder.testing.OutcomeTable;
import dev.echosounder.testing.PemText;
import dev.echosounder.testing.RunningService;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One secret of each kind in a configuration, targets that tell all they were told, every output.
 */
class SecretsCanaryTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  private final Vertx vertx = Vertx.vertx();
  private final RawTargets targets = new RawTargets(vertx);
  private final Map<String, String> outputs = new LinkedHashMap<>();

  @AfterEach
  void stop() {
    Waiting.on(vertx.close());
  }

  @Test
  void no_secret_is_in_any_output() throws Exception {
    Canaries canaries = new Canaries(directory);
    EchoingServer echo = new EchoingServer(targets, canaries.token());
    int frames = targets.http2(RawTargets.hold(refusal("x-key: " + canaries.metadata())));
    String yaml = canaries.yaml(echo.http(), echo.lines(), frames, PemText.ofCurve());
    try (Collector collector = Collector.http()) {
      yaml += canaries.tracing(collector.url());
      ask(yaml, "plain");
      ask(yaml, "json");
      outputs.put("spans", collector.spans().toString());
      assertThat(collector.requests()).isNotEmpty();
    }
    outputs.put("toString of the settings", shown(yaml));
    outputs.put("--check, a mistake in each key", mistakes(canaries));

    OutcomeTable table =
        new OutcomeTable("Secrets", "secret", "configured as", "outputs searched", "found in");
    List<String> found = new ArrayList<>();
    for (Canary canary : canaries.planted()) {
      List<String> leaks = leaks(canary);
      String all = outputs.size() + " outputs, " + length() / 1024 + " KiB";
      table.row(canary.kind(), canary.key(), all, leaks.isEmpty() ? "none" : leaks);
      leaks.forEach(output -> found.add(canary.kind() + " in " + output));
    }
    table.section("Outputs", "output", "bytes");
    outputs.forEach((name, text) -> table.row(name, text.length()));
    table.write("secrets.md");

    assertThat(found).isEmpty();
    assertThat(outputs.values()).noneMatch(String::isEmpty);
  }

  /** Where traces of it are; what else is put out is one more entry of the outputs. */
  private List<String> leaks(Canary canary) {
    return outputs.entrySet().stream()
        .filter(output -> canary.traces().stream().anyMatch(output.getValue()::contains))
        .map(
            output -> {
              String text = output.getValue();
              int at = canary.traces().stream().mapToInt(text::indexOf).max().orElseThrow();
              return output.getKey() + ": ..." + text.substring(Math.max(0, at - 60), at);
            })
        .toList();
  }

  private long length() {
    return outputs.values().stream().mapToLong(String::length).sum();
  }

  private void ask(String yaml, String format) throws Exception {
    Path own = Files.createDirectory(directory.resolve(format));
    try (RunningService service =
        RunningService.start(own, yaml + "log_format: " + format + "\n")) {
      await().atMost(PATIENCE).until(() -> !service.get("/queryurl").body().contains("\"stale\""));
      for (String path :
          List.of("/metrics", "/queryurl", "/history", "/config", "/healthcheck", "/any/route")) {
        outputs.put(path + ", " + format, service.get(path).body());
      }
      outputs.put("/history?name=, " + format, history(service));
      if (format.equals("json")) {
        debug(service, new JsonObject(service.get("/queryurl").body()));
      }
      Files.writeString(service.configFile(), broken(yaml));
      outputs.put("/-/reload, " + format, service.post("/-/reload").body());
      new ProcessBuilder("kill", "-QUIT", Long.toString(service.process().pid())).start().waitFor();
      await()
          .atMost(PATIENCE)
          .until(() -> service.stdout().stream().anyMatch(line -> line.contains("JNI global ref")));
      service.sigterm();
      service.exitCode();
      outputs.put("log at DEBUG and a thread dump, " + format, String.join("\n", service.stdout()));
      outputs.put("stderr, " + format, String.join("\n", service.stderr()) + "\n");
    }
  }

  private static String history(RunningService service) throws IOException {
    StringBuilder all = new StringBuilder();
    for (int target = 0; target < 100; target++) {
      all.append(service.get("/history?name=t" + target).body());
    }
    return all.toString();
  }

  /** What it tells of each target, probed by the module and the URL that the configuration has. */
  private void debug(RunningService service, JsonObject query) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line : Files.readAllLines(service.configFile())) {
      if (line.startsWith("  - {name: t")) {
        String url = line.replaceFirst(".* url: \"([^\"]*)\".*", "$1");
        String module =
            line.contains("module:")
                ? line.replaceFirst(".*module: ([a-z0-9_]+).*", "$1")
                : "http_2xx";
        String target = URLEncoder.encode(url, StandardCharsets.UTF_8);
        all.append(service.get("/probe?debug=true&module=" + module + "&target=" + target).body());
      }
    }
    assertThat(query.getJsonObject("response")).isNotEmpty();
    assertThat(all).contains("== Timeline ==", "<secret>");
    outputs.put("/probe?debug=true", all.toString());
  }

  private String shown(String yaml) throws IOException {
    Settings settings = Configured.by(vertx, directory, yaml);
    return settings.toString() + settings.shown().encodePrettily() + settings.discovery();
  }

  /** A gRPC refusal whose message says what the client is known to have sent. */
  private static byte[] refusal(String message) {
    byte[] status = {(byte) 0x88};
    return join(
        frame(4, 0, 0, new byte[0]),
        frame(
            1,
            5,
            3,
            join(
                status,
                field("content-type", "application/grpc"),
                field("grpc-status", "16"),
                field("grpc-message", message))));
  }

  /** The configuration with something wrong in it, beside all that is right. */
  private static String broken(String yaml) {
    return yaml + "log_format: pretty\nprober: {concurrency: 0}\n";
  }

  /** What is said of a mistake in each key that takes a secret. */
  private String mistakes(Canaries canaries) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String mistake : Mistakes.with(canaries)) {
      Path file = Files.writeString(directory.resolve("mistake.yaml"), mistake);
      Reading reading = Waiting.on(ConfigSource.of(vertx, Optional.of(file), Map.of()).read());
      assertThat(reading.problems()).as(mistake).isNotEmpty();
      said.append(String.join("\n", reading.problems())).append('\n');
    }
    return said.toString();
  }
}
