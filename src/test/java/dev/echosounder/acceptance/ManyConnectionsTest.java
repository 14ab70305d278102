package dev.echosounder.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.testing.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 10,000 connections at once, each of which asks again and again. */
@Tag("acceptance")
class ManyConnectionsTest {

  private static final int CONNECTIONS = 10_000;
  private static final int ROUNDS = 10;
  private static final long MOST_MEBIBYTES = 512;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String GET = "GET /a/b HTTP/1.1\r\nHost: a\r\nUser-Agent: crowd\r\n\r\n";

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"''", "-XX:ActiveProcessorCount=1"})
  void none_has_an_error_and_the_memory_stays_below_512_mebibytes(String option)
      throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("echosounder.yaml"),
            "http: {host: 127.0.0.1, port: 0}\nmanagement: {port: 0}\n");
    try (RunningService service =
        RunningService.run(
            directory, Map.of("JAVA_TOOL_OPTIONS", option), "--config", file.toString())) {
      service.awaitStart();
      try (Crowd crowd = new Crowd(service.port(), CONNECTIONS)) {
        long begin = System.nanoTime();
        for (int round = 1; round <= ROUNDS; round++) {
          int wanted = round * CONNECTIONS;
          crowd.send(GET);
          await().atMost(PATIENCE).until(() -> crowd.answers() >= wanted || crowd.ended() > 0);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        long most = peak(service.process());
        System.out.printf(
            "%d connections %s: %d answers in %.1f s, %d errors, %d ended; %s, at most %d MiB%n",
            CONNECTIONS,
            option,
            crowd.answers(),
            seconds,
            crowd.refusals(),
            crowd.ended(),
            ProcessFigures.of(service.process()),
            most);

        assertThat(crowd.answers()).isEqualTo(ROUNDS * CONNECTIONS);
        assertThat(crowd.refusals()).isZero();
        assertThat(crowd.ended()).isZero();
        assertThat(service.get("/healthcheck").statusCode()).isEqualTo(200);
        assertThat(most).isLessThanOrEqualTo(MOST_MEBIBYTES);
      }
    }
  }

  /** The most memory that was ever resident, in MiB; of Linux. */
  private static long peak(ProcessHandle process) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
        .findFirst()
        .orElseThrow();
  }
}
