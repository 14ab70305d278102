package dev.echosounder.integration;

import static dev.echosounder.integration.Subject.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.testing.RawHttp;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class StoppingTest {

  @TempDir private Path folder;

  private Subject start(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("stopping.yaml"), yaml);
    return Subject.start(folder, Optional.of(file), Map.of());
  }

  @Test
  void a_stop_lets_everything_be_answered_first_and_leaves_time_for_the_last_scrape()
      throws IOException {
    try (Subject service =
            start(
                """
                http: {port: 0, host: 127.0.0.1}
                shutdown: {delay: 2s, drain: 10s, linger: 2s}
                metrics: {refresh_interval: 100ms}
                """);
        RawHttp keptAlive = new RawHttp(service.port());
        RawHttp slow = new RawHttp(service.port())) {
      keptAlive.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(keptAlive.head()).doesNotContain("connection: close");
      slow.send("GET /slow?delay=3s HTTP/1.1\r\nHost: x\r\n\r\n");
      eventually(() -> assertThat(service.metrics()).contains("code=\"200\",method=\"GET\"} 1"));

      service.askToStop();

      eventually(() -> assertThat(service.get("/healthcheck/ready").statusCode()).isEqualTo(503));
      assertThat(RawHttp.exchange(service.port(), "GET /2 HTTP/1.1\r\nHost: x\r\n\r\n"))
          .startsWith("HTTP/1.1 200")
          .contains("connection: close");
      assertThat(service.get("/healthcheck").body()).contains("\"stopping\"");
      assertThat(service.get("/healthcheck/live").statusCode()).isEqualTo(200);
      assertThat(slow.head()).startsWith("HTTP/1.1 200");
      eventually(() -> assertThat(service.echo("GET", "/late").statusCode()).isEqualTo(503));
      assertThat(service.metrics()).contains("code=\"200\",method=\"GET\"} 3");
      service.awaitStop();
      assertThatThrownBy(() -> service.get("/metrics")).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void a_stop_tells_http_2_clients_to_leave_and_answers_what_they_ask_meanwhile()
      throws IOException {
    Vertx vertx = Vertx.vertx();
    try (Subject service =
        start(
            """
            http: {port: 0, host: 127.0.0.1, h2c: true}
            shutdown: {delay: 2s, drain: 10s, linger: 1s}
            """)) {
      HttpClientOptions options =
          new HttpClientOptions()
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setHttp2ClearTextUpgrade(false);
      AtomicInteger told = new AtomicInteger();
      HttpClient early = vertx.createHttpClient(options);
      assertThat(countingGoAway(early, service.port(), told)).isEqualTo(200);

      service.askToStop();

      eventually(() -> assertThat(told).hasValue(1));
      HttpClient late = vertx.createHttpClient(options);
      assertThat(countingGoAway(late, service.port(), told)).isEqualTo(200);
      eventually(() -> assertThat(told).hasValue(2));
      eventually(
          () ->
              assertThat(service.metrics())
                  .contains("app_requests_count_total{code=\"200\",method=\"GET\"} 2"));
      service.awaitStop();
    } finally {
      Waiting.on(vertx.close());
    }
  }

  private static int countingGoAway(HttpClient client, int port, AtomicInteger told) {
    return Waiting.on(
        client
            .request(HttpMethod.GET, port, "127.0.0.1", "/x")
            .compose(
                request -> {
                  request.connection().goAwayHandler(goAway -> told.incrementAndGet());
                  return request.send();
                })
            .compose(response -> response.end().map(response.statusCode())));
  }
}
