package dev.echosounder.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.echosounder.RunningEchosounder;
import dev.echosounder.testing.RawHttp;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Sends every line of the tables to the whole service, many at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileClientsTest {

  private static final int AT_ONCE = 32;
  private static final Path REPORT = Path.of("target", "hostile-clients.md");
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");
  private static final String NEITHER = "neither an answer nor a close";
  private static final String NEXT = "GET /next HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String LAST = "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

  private final List<Hostile> table = Hostile.all();
  private final Map<Hostile, Future<String>> answers = new HashMap<>();
  private final ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
  private RunningEchosounder service;
  private long descriptors;

  @BeforeAll
  void send(@TempDir Path directory) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("echosounder.yaml"),
            """
            http: {host: 127.0.0.1, port: 0, header_timeout: 2s, request_timeout: 2s, max_body: 1MiB}
            management: {port: 0}
            """);
    service = new RunningEchosounder(Optional.of(file), Map.of());
    good();
    descriptors = openDescriptors();
    table.forEach(hostile -> answers.put(hostile, clients.submit(() -> send(hostile))));
  }

  private String send(Hostile hostile) throws IOException {
    try (RawHttp client = new RawHttp(service.ports().main())) {
      client.send(hostile.bytes() + rest(hostile.outcome()));
      String answer = readAll(client);
      good();
      return answer;
    }
  }

  private static String readAll(RawHttp client) throws IOException {
    try {
      return client.readAll();
    } catch (SocketTimeoutException e) {
      return NEITHER;
    }
  }

  /** What the client sends behind it: the request that must not run, or the one that must. */
  private static String rest(Hostile.Outcome outcome) {
    if (outcome instanceof Hostile.Refused refused) {
      return refused.status() == 408 ? "" : NEXT;
    }
    return outcome instanceof Hostile.Cut ? "" : LAST;
  }

  private void good() throws IOException {
    assertThat(RawHttp.exchange(service.ports().main(), LAST)).startsWith("HTTP/1.1 200 OK");
  }

  private static long openDescriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  @AfterAll
  void stop() {
    clients.shutdownNow();
    service.close();
  }

  @TestFactory
  Stream<DynamicTest> every_hostile_request_has_the_outcome_of_its_line() {
    return table.stream()
        .map(hostile -> DynamicTest.dynamicTest(hostile.name(), () -> check(hostile)));
  }

  private void check(Hostile hostile) throws Exception {
    String answer = answers.get(hostile).get();
    assertThat(answer).as(hostile.name()).isNotEqualTo(NEITHER);
    if (hostile.outcome() instanceof Hostile.Refused refused) {
      checkRefused(refused.status(), answer);
    } else if (hostile.outcome() instanceof Hostile.Echoed echoed) {
      assertThat(statuses(answer)).containsExactly("200", "200");
      assertThat(answer).containsSubsequence("\"path\":\"" + echoed.path() + "\"", "\"/last\"");
    } else if (hostile.outcome() instanceof Hostile.Faulted) {
      assertThat(statuses(answer)).containsExactly("400", "200");
    } else {
      assertThat(answer).isEmpty();
    }
  }

  private static void checkRefused(int status, String answer) {
    assertThat(statuses(answer)).containsExactly("" + status);
    assertThat(answer).contains("connection: close").doesNotContain("/next");
    JsonObject json = new JsonObject(answer.substring(answer.lastIndexOf("\r\n\r\n") + 4));
    assertThat(json.fieldNames()).containsExactly("error", "message");
  }

  /** Of all answers but interim ones. */
  private static List<String> statuses(String answers) {
    return STATUS_LINE
        .matcher(answers)
        .results()
        .map(result -> result.group(1))
        .filter(status -> !status.startsWith("1"))
        .toList();
  }

  @Test
  void there_are_at_least_250_of_them_and_no_two_are_the_same() {
    assertThat(table).hasSizeGreaterThanOrEqualTo(250);
    assertThat(table.stream().map(Hostile::bytes)).doesNotHaveDuplicates();
  }

  @Test
  void nothing_stays_open_of_them() throws Exception {
    for (Future<String> answer : answers.values()) {
      answer.get();
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(openDescriptors()).isLessThanOrEqualTo(descriptors + 2));
  }

  @Test
  void what_came_of_each_is_written_down() throws Exception {
    StringBuilder report =
        new StringBuilder("| what | sent | expected | answered |\n|---|---|---|---|\n");
    for (Hostile hostile : table) {
      report.append(
          "| %s | `%s` | %s | %s |%n"
              .formatted(
                  hostile.name().replace("|", "\\x7c"),
                  hostile.shown(),
                  hostile.expected(),
                  shown(answers.get(hostile).get())));
    }
    Files.writeString(REPORT, report);
    assertThat(REPORT).isNotEmptyFile();
  }

  private static String shown(String answer) {
    return answer.isEmpty() ? "nothing" : String.join(", ", statuses(answer));
  }
}
