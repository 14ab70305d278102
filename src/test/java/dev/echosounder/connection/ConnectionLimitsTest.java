package dev.echosounder.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.http.RunningHttp;
import dev.echosounder.testing.RawHttp;
import dev.echosounder.testing.TestSettings;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a connection of HTTP/1 may last, and how many there may be. */
class ConnectionLimitsTest {

  private final RunningHttp http =
      new RunningHttp(
          new TestSettings()
              .headerTimeout(Duration.ofMillis(1500))
              .idleTimeout(Duration.ofSeconds(2))
              .maxConnections(3)
              .build());

  @AfterEach
  void stop() {
    http.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET / HT", "GET / HTTP/1.1\r\nHost: a\r\nX: "})
  void a_client_that_takes_too_long_over_its_headers_is_cut(String beginning) throws IOException {
    try (RawHttp client = new RawHttp(http.port())) {
      assertThat(client.send(beginning).readAll()).isEmpty();
    }
  }

  @Test
  void so_is_one_that_drips_a_later_request() throws IOException {
    try (RawHttp client = new RawHttp(http.port())) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").head();
      client.send("GET / HT");

      assertThat(client.readAll()).doesNotContain("HTTP/1.1");
    }
  }

  @Test
  void a_connection_may_rest_between_requests_for_longer_than_headers_may_take()
      throws IOException {
    try (RawHttp client = new RawHttp(http.port())) {
      client.send("GET /?delay=1800ms HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void a_connection_that_rests_too_long_is_closed() throws IOException {
    try (RawHttp client = new RawHttp(http.port())) {
      client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

      assertThat(client.readAll()).startsWith("HTTP/1.0 200").contains("connection: keep-alive");
    }
  }

  @Test
  void a_body_that_stops_coming_is_not_waited_for() throws IOException {
    try (RawHttp client = new RawHttp(http.port())) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel");

      assertThat(client.readAll()).isEmpty();
    }
  }

  @Test
  void a_connection_that_waits_for_its_answer_does_not_rest() throws IOException {
    try (RawHttp client = new RawHttp(http.port())) {
      client.send("GET /?delay=2500ms HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 200");

      client.send("POST /?delay=2500ms HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok");
      assertThat(client.readAll()).contains("HTTP/1.1 200");
    }
  }

  @Test
  void connections_beyond_the_limit_are_refused_until_others_end() throws IOException {
    RawHttp[] open = new RawHttp[3];
    for (int i = 0; i < open.length; i++) {
      open[i] = new RawHttp(http.port());
      open[i].send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").head();
    }
    assertThat(RawHttp.exchange(http.port(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
        .startsWith("HTTP/1.1 503 Service Unavailable")
        .contains("connection: close", "retry-after: 1")
        .endsWith("{\"error\":\"too_many_connections\",\"message\":\"no connection is free\"}");

    open[0].close();
    await()
        .ignoreExceptions()
        .until(
            () ->
                RawHttp.exchange(http.port(), "GET / HTTP/1.0\r\n\r\n").startsWith("HTTP/1.0 200"));
    open[1].close();
    open[2].close();
  }
}
