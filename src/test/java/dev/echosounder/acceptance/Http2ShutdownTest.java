package dev.echosounder.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.testing.Authority;
import dev.echosounder.testing.HttpsClient;
import dev.echosounder.testing.Identity;
import dev.echosounder.testing.Pem;
import dev.echosounder.testing.RunningService;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM at a random moment under clients of HTTP/2, with TLS and without. */
@Tag("acceptance")
class Http2ShutdownTest {

  private static final int CLIENTS = 20;
  private static final int WARM = 10 * CLIENTS;
  private static final String WINDOWS =
      """
      shutdown: {delay: 300ms, drain: 10s, linger: 500ms}
      metrics: {refresh_interval: 30s}
      """;

  private final Vertx vertx = Vertx.vertx();

  @TempDir private Path directory;

  @AfterEach
  void close() {
    Waiting.on(vertx.close());
  }

  @RepeatedTest(12)
  void no_answer_is_lost_or_miscounted_without_tls() throws Exception {
    String yaml = "http: {host: 127.0.0.1, port: 0, h2c: true}\n" + WINDOWS;
    try (RunningService service = RunningService.start(directory, yaml)) {
      HttpClientOptions options =
          new HttpClientOptions()
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setHttp2ClearTextUpgrade(false);
      round("h2c", service, options, Optional.empty());
    }
  }

  @RepeatedTest(12)
  void no_answer_is_lost_or_miscounted_with_tls() throws Exception {
    Authority authority = new Authority();
    Identity identity = authority.issue("127.0.0.1");
    Files.writeString(directory.resolve("cert.pem"), Pem.certificate(identity.certificate()));
    Files.writeString(directory.resolve("key.pem"), Pem.key(identity));
    Files.writeString(
        directory.resolve("web.yml"),
        "tls_server_config: {cert_file: cert.pem, key_file: key.pem}\n");
    String yaml = "http: {host: 127.0.0.1, port: 0}\nweb: {config_file: web.yml}\n" + WINDOWS;
    try (RunningService service = RunningService.start(directory, yaml)) {
      HttpClientOptions options =
          new HttpClientOptions()
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setUseAlpn(true)
              .setSsl(true)
              .setTrustAll(true)
              .setVerifyHost(false);
      HttpsClient scraper = HttpsClient.of(authority);
      round("TLS", service, options, Optional.of(() -> scrape(scraper, service.port())));
    }
  }

  private void round(
      String kind,
      RunningService service,
      HttpClientOptions options,
      Optional<Supplier<Optional<String>>> scrape)
      throws Exception {
    ClientLog log = new ClientLog();
    Future<?> clients = start(service.port(), options, log);
    await().atMost(Duration.ofSeconds(30)).until(() -> log.total() > WARM);
    int moment = ThreadLocalRandom.current().nextInt(1, 500);
    Waiting.on(vertx.timer(moment));

    service.sigterm();
    LastScrape scraped =
        scrape
            .map(by -> LastScrape.until(service.process(), by))
            .orElseGet(() -> LastScrape.until(service.process(), service.port()));
    int exitCode = service.exitCode(Duration.ofSeconds(15));
    Waiting.on(clients);

    long counted = (long) scraped.page().sum("app_requests_count_total");
    System.out.printf(
        "stop %s after %d ms: %d answered, %d scraped, %d faults, %d refused, %d connections, exit %d%n",
        kind,
        moment,
        log.total(),
        counted,
        log.faults().size(),
        log.refused(),
        log.connections(),
        exitCode);
    assertThat(log.faults()).isEmpty();
    assertThat(counted).isEqualTo(log.total());
    assertThat(exitCode).isZero();
  }

  private Future<?> start(int port, HttpClientOptions options, ClientLog log) {
    Promise<Object> ended = Promise.promise();
    vertx.runOnContext(
        now -> {
          HttpClientAgent client = vertx.createHttpClient(options);
          Future.all(
                  IntStream.range(0, CLIENTS)
                      .mapToObj(i -> new Http2Client(client, port, options.isSsl(), log).run())
                      .toList())
              .<Object>mapEmpty()
              .onComplete(ended);
        });
    return ended.future();
  }

  private static Optional<String> scrape(HttpsClient client, int port) {
    try {
      // Not by HTTP/2: on GOAWAY the JDK's client gives up what is under way too (JDK-8335181).
      HttpRequest request =
          HttpsClient.request(port, "/metrics").version(HttpClient.Version.HTTP_1_1).build();
      return Optional.of(client.send(request, new SSLParameters()))
          .filter(answer -> answer.statusCode() == 200)
          .map(HttpResponse::body);
    } catch (Exception closed) {
      return Optional.empty();
    }
  }
}
