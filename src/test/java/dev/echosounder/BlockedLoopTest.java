package dev.echosounder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.testing.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event loop that stands still: health and metrics say so, and it is well again afterwards. */
class BlockedLoopTest {

  /** So many that the verticles that are not HTTP's have each one of their own among them. */
  private static final int LOOPS = 6;

  private final CountDownLatch end = new CountDownLatch(1);

  @TempDir private Path directory;
  private RunningEchosounder service;

  @BeforeEach
  void start() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("echosounder.yaml"), "http: {host: 127.0.0.1, port: 0}\n");
    service = new RunningEchosounder(Optional.of(file), Map.of(), UnaryOperator.identity(), LOOPS);
  }

  @AfterEach
  void close() {
    end.countDown();
    service.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"prober", "config", "http-0"})
  void a_verticle_that_does_not_answer_is_named_until_it_does(String verticle) {
    awaitMetric(verticle, "1.0");
    service.block(verticle, end);

    awaitBlocked(verticle);
    awaitMetric(verticle, "0.0");

    end.countDown();

    awaitWell();
    awaitMetric(verticle, "1.0");
    assertThat(ask("/metrics"))
        .contains("echosounder_verticle_stalls_total{verticle=\"" + verticle + "\"} 1.0");
  }

  @Test
  void where_the_one_that_makes_the_metrics_is_blocked_health_says_so() {
    service.block("metrics", end);

    awaitBlocked("metrics");
    end.countDown();
    awaitWell();
    await()
        .untilAsserted(
            () ->
                assertThat(ask("/metrics"))
                    .contains("echosounder_verticle_stalls_total{verticle=\"metrics\"} 1.0"));
  }

  private void awaitBlocked(String verticle) {
    await()
        .untilAsserted(
            () ->
                assertThat(ask("/healthcheck"))
                    .startsWith("HTTP/1.1 503")
                    .contains("\"app_status\":\"degraded\"")
                    .contains("\"" + verticle + "\":\"blocked\""));
  }

  private void awaitWell() {
    await().untilAsserted(() -> assertThat(ask("/healthcheck")).startsWith("HTTP/1.1 200"));
  }

  private void awaitMetric(String verticle, String value) {
    String sample = "echosounder_verticle_up{verticle=\"" + verticle + "\"} " + value;
    await().untilAsserted(() -> assertThat(ask("/metrics")).contains(sample));
  }

  /** On new connections, until one is on an event loop that answers. */
  private String ask(String path) {
    String request = "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    for (int loop = 0; loop <= LOOPS; loop++) {
      try {
        return RawHttp.exchange(service.port(), request, Duration.ofSeconds(1));
      } catch (IOException blocked) {
        assertThat(blocked).hasMessageContaining("timed out");
      }
    }
    throw new AssertionError("no event loop answers " + path);
  }
}
