package dev.echosounder.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.RunningEchosounder;
import dev.echosounder.testing.RawHttp2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Does every deed of the tables to the whole service, several at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileHttp2Test {

  private static final int AT_ONCE = 16;
  private static final int AFTERWARDS = 100_001;
  private static final Path REPORT = Path.of("target", "hostile-http2-clients.md");

  private final Map<Http2Fault, Future<List<String>>> heard = new LinkedHashMap<>();
  private final ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
  private RunningEchosounder service;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("echosounder.yaml"),
            """
            http: {host: 127.0.0.1, port: 0, h2c: true, request_timeout: 2s, max_body: 40KiB}
            management: {port: 0}
            """);
    service = new RunningEchosounder(Optional.of(file), Map.of());
    Stream.of(Http2Frames.TABLE, Http2Requests.TABLE)
        .flatMap(List::stream)
        .forEach(fault -> heard.put(fault, clients.submit(() -> commit(fault))));
  }

  private List<String> commit(Http2Fault fault) throws IOException {
    try (RawHttp2 client = new RawHttp2(service.ports().main())) {
      fault.deed().on(client);
      if (fault.ends()) {
        return client.untilClosed();
      }
      client.until(fault.heard());
      return client.get(AFTERWARDS, "/afterwards").until(AFTERWARDS + " end");
    }
  }

  @AfterAll
  void stop() {
    clients.shutdownNow();
    service.close();
  }

  @TestFactory
  Stream<DynamicTest> every_hostile_client_hears_what_its_line_says() {
    return heard.keySet().stream()
        .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> check(fault)));
  }

  private void check(Http2Fault fault) throws Exception {
    List<String> lines = heard.get(fault).get();
    assertThat(lines).as(fault.name()).contains(fault.heard());
    if (fault.ends()) {
      assertThat(lines).as(fault.name()).contains("closed").doesNotContain("nothing more");
    } else {
      assertThat(lines).as(fault.name()).contains(AFTERWARDS + " status 200");
    }
  }

  @Test
  void what_came_of_each_is_written_down() throws Exception {
    StringBuilder report = new StringBuilder("| what | expected | heard |\n|---|---|---|\n");
    for (Http2Fault fault : heard.keySet()) {
      List<String> lines =
          heard.get(fault).get().stream()
              .distinct()
              .filter(line -> !line.startsWith("100001"))
              .toList();
      String shown = String.join(", ", lines.subList(0, Math.min(8, lines.size())));
      report.append("| %s | %s | %s |%n".formatted(fault.name(), fault.heard(), shown));
    }
    Files.writeString(REPORT, report);
    assertThat(REPORT).isNotEmptyFile();
  }
}
