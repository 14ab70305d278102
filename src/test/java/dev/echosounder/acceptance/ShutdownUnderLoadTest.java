package dev.echosounder.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.testing.MetricsPage;
import dev.echosounder.testing.RunningService;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGTERM at a random moment under 200 keep-alive clients: every request that was sent is answered,
 * and the last scrape shows exactly the answers that the clients have read.
 *
 * <p>Run with {@code mvn -Pacceptance test -Dtest=ShutdownUnderLoadTest}, against the packaged
 * program with {@code -Dechosounder.jar=target/echosounder.jar} after {@code mvn package}.
 */
@Tag("acceptance")
class ShutdownUnderLoadTest {

  private static final int CLIENTS = 200;

  /** Answers after which every client has had several. */
  private static final int WARM = 20 * CLIENTS;

  private static final String SELDOM = "30s";
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private final Vertx vertx = Vertx.vertx();

  @TempDir private Path directory;

  @AfterEach
  void close() {
    Waiting.on(vertx.close());
  }

  @RepeatedTest(22)
  void no_answer_is_lost_or_miscounted() throws IOException {
    round("plain", new Windows(500, 10_000, 1_000, SELDOM), ShutdownUnderLoadTest::plain);
  }

  @RepeatedTest(2)
  void nor_with_the_default_windows() throws IOException {
    round("default", new Windows(2_000, 20_000, 2_000, "1s"), ShutdownUnderLoadTest::plain);
  }

  @RepeatedTest(2)
  void nor_with_delays_and_bodies() throws IOException {
    round("mixed", new Windows(500, 10_000, 1_000, SELDOM), ShutdownUnderLoadTest::mixed);
  }

  /**
   * The windows of a stop, in milliseconds.
   *
   * @param refresh how often the counts are collected; where that is longer than the stop takes,
   *     they are right because they are flushed, and not because a turn happened to come
   */
  private record Windows(int delay, int drain, int linger, String refresh) {

    String yaml() {
      return """
          shutdown: {delay: %dms, drain: %dms, linger: %dms}
          metrics: {refresh_interval: %s}
          """
          .formatted(delay, drain, linger, refresh);
    }

    Duration shortest() {
      return Duration.ofMillis(delay + linger);
    }

    Duration longest() {
      return Duration.ofMillis(delay + drain + linger).plus(MARGIN);
    }
  }

  private static Ask plain(int number) {
    String method = number % 7 == 0 ? "DELETE" : "GET";
    return new Ask(method, "/plain/" + number, "", 0);
  }

  /** A third of them take a while: half by a delay, half by a body. */
  private static Ask mixed(int number) {
    return switch (number % 6) {
      case 0 -> new Ask("GET", "/delayed/" + number, "?delay=300ms", 0);
      case 3 -> new Ask("POST", "/body/" + number, "", 20_000);
      default -> plain(number);
    };
  }

  private void round(String kind, Windows windows, IntFunction<Ask> requests) throws IOException {
    String yaml = "http: {host: 127.0.0.1, port: 0}\n" + windows.yaml();
    try (RunningService service = RunningService.start(directory, yaml)) {
      ClientLog log = new ClientLog();
      Future<?> clients = startClients(service.port(), requests, log);
      await().atMost(Duration.ofSeconds(30)).until(() -> log.total() > WARM);
      int moment = ThreadLocalRandom.current().nextInt(1, 1_000);
      Waiting.on(vertx.timer(moment));

      service.sigterm();
      long stopping = System.nanoTime();
      LastScrape scraper = LastScrape.until(service.process(), service.managementPort());
      int exitCode = service.exitCode(windows.longest());
      Duration took = Duration.ofNanos(System.nanoTime() - stopping);
      Waiting.on(clients);

      Map<String, Long> scraped = counts(scraper.page());
      System.out.printf(
          "stop %-7s after %4d ms: %6d answered, %6d scraped, %d faults, %d refused,"
              + " %d connections, %d scrapes, exit %d in %d ms%n",
          kind,
          moment,
          sum(log.answered()),
          sum(scraped),
          log.faults().size(),
          log.refused(),
          log.connections(),
          scraper.scrapes(),
          exitCode,
          took.toMillis());
      assertThat(log.faults()).isEmpty();
      assertThat(scraped).isEqualTo(log.answered());
      assertThat((long) scraper.page().sum("app_request_duration_seconds_count"))
          .isEqualTo(sum(scraped));
      assertThat(exitCode).isZero();
      assertThat(took).isBetween(windows.shortest(), windows.longest());
    }
  }

  private Future<?> startClients(int port, IntFunction<Ask> requests, ClientLog log) {
    Promise<Object> ended = Promise.promise();
    vertx.runOnContext(
        start -> {
          NetClient net = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
          Future.all(
                  IntStream.range(0, CLIENTS)
                      .mapToObj(client -> new KeepAliveClient(net, port, requests, log).run())
                      .toList())
              .<Object>mapEmpty()
              .onComplete(ended);
        });
    return ended.future();
  }

  private static Map<String, Long> counts(MetricsPage page) {
    Map<String, Long> counts = new TreeMap<>();
    page.all("app_requests_count_total")
        .forEach(
            sample ->
                counts.put(
                    sample.label("method") + " " + sample.label("code"), (long) sample.value()));
    return counts;
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
