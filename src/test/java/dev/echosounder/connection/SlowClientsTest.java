package dev.echosounder.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Page;
import dev.echosounder.http.RunningHttp;
import dev.echosounder.testing.RawHttp;
import dev.echosounder.testing.RawHttp2;
import dev.echosounder.testing.TestPage;
import dev.echosounder.testing.TestSettings;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that take their time, or send without end. */
class SlowClientsTest {

  private static final int PAGE_BYTES = 64 << 20;
  private static final int INITIAL_WINDOW = 4;
  private static final String FIELDS = " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n";
  private static final String CHUNK = "10000\r\n" + "x".repeat(0x10000) + "\r\n";

  private final RunningHttp http =
      new RunningHttp(new TestSettings().h2c().requestTimeout(Duration.ofMillis(1500)).build());

  @AfterEach
  void stop() {
    http.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"POST /", "POST /-/reload", "GET /metrics", "GET /healthcheck", "PUT /config"})
  void a_body_without_end_is_refused_whatever_the_path(String request) throws IOException {
    try (RawHttp client = new RawHttp(http.port())) {
      client.send(request + FIELDS + "\r\n");
      sendWithoutEnd(client);
      assertThat(client.head()).startsWith("HTTP/1.1 413").contains("connection: close");
    }
    assertThat(http.counted()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Expect: 100-continue\r\n", "Content-Encoding: gzip\r\n", "Trailer: x\r\n"})
  void and_whatever_its_fields_are(String field) throws IOException {
    try (RawHttp client = new RawHttp(http.port())) {
      client.send("POST /" + FIELDS + field + "\r\n");
      sendWithoutEnd(client);
      assertThat(client.readAll()).contains("HTTP/1.1 413 ");
    }
  }

  /** More than the largest body and all that waits in buffers. */
  private static void sendWithoutEnd(RawHttp client) {
    try {
      for (int i = 0; i < 500; i++) {
        client.send(CHUNK);
      }
    } catch (IOException closed) {
      // The answer is there nevertheless.
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST /", "POST /-/reload"})
  void a_body_that_drips_has_a_deadline_that_no_byte_extends(String request) throws IOException {
    try (RawHttp client = new RawHttp(http.port())) {
      client.send(request + " HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
      await().until(() -> client.send("x").hasAnswer());
      assertThat(client.head()).startsWith("HTTP/1.1 408").contains("connection: close");
    }
  }

  @Test
  void a_page_that_nobody_reads_is_not_kept() throws IOException {
    Page page = TestPage.of("text/plain", new byte[PAGE_BYTES]);
    http.bus.lend(Address.SCRAPE, scrape -> Future.succeededFuture(page));
    try (RawHttp client = new RawHttp(http.port())) {
      assertThat(client.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n").head()).contains("200 OK");
      await().until(() -> isCut(client));
      await().until(() -> page.refCnt() == 0);
    }
  }

  private static boolean isCut(RawHttp client) {
    try {
      client.send("\r\n");
      return false;
    } catch (IOException cut) {
      return true;
    }
  }

  @Test
  void a_client_that_asks_on_and_on_and_reads_nothing_is_cut() throws IOException {
    String requests = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(1000);
    try (RawHttp client = new RawHttp(http.port())) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  client.send(requests);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void nothing_is_read_of_a_client_that_has_many_answers_to_wait_for() throws IOException {
    TestSettings quick = new TestSettings().headerTimeout(Duration.ofMillis(500));
    String later = "GET /later HTTP/1.1\r\nHost: a\r\n\r\n".repeat(2000);
    try (RunningHttp other = new RunningHttp(quick.build());
        RawHttp client = new RawHttp(other.port())) {
      client.send("GET /?delay=1500ms HTTP/1.1\r\nHost: a\r\n\r\n" + later);
      client.send("GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(client.readAll().split("HTTP/1.1 200 OK", -1)).hasSize(2003);
    }
  }

  @Test
  void a_stream_of_http2_whose_window_stays_shut_is_reset() throws IOException {
    try (RawHttp2 client = new RawHttp2(http.port())) {
      client.greet(INITIAL_WINDOW, 0).get(1, "/");
      assertThat(client.until("1 reset ENHANCE_YOUR_CALM"))
          .contains("1 status 200", "1 reset ENHANCE_YOUR_CALM")
          .doesNotContain("1 end", "closed");
    }
  }

  @Test
  void a_connection_of_http2_is_idle_without_a_stream_only() throws IOException {
    TestSettings quick = new TestSettings().h2c().idleTimeout(Duration.ofSeconds(1));
    try (RunningHttp other = new RunningHttp(quick.build());
        RawHttp2 client = new RawHttp2(other.port())) {
      client.greet().get(1, "/?delay=2500ms");
      assertThat(client.until("1 end")).contains("1 status 200").doesNotContain("closed");
      assertThat(client.untilClosed()).doesNotContain("nothing more");
    }
  }
}
