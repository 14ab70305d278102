package dev.echosounder.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.http.RunningHttp;
import dev.echosounder.testing.RawHttp;
import dev.echosounder.testing.RawHttp2;
import dev.echosounder.testing.TestSettings;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.1 on a server that would speak HTTP/2 too. */
class ClearTextHttp2Test {

  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  private static final String UPGRADE =
      "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";
  private static final String SETTINGS = RawHttp2.PREFACE + "\0\0\0\4\0\0\0\0\0";

  private final RunningHttp http =
      new RunningHttp(new TestSettings().h2c().headerTimeout(Duration.ofMillis(1500)).build());

  @AfterEach
  void stop() {
    http.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
        "POST /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n",
      })
  void requests_are_answered_one_after_another(String first) throws IOException {
    String answers =
        RawHttp.exchange(
            http.port(), first + "GET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

    assertThat(answers).containsSubsequence("200 OK", "\"path\":\"/1\"", "200 OK", "\"/2\"");
  }

  @Test
  void a_body_may_come_later_than_its_headers() throws IOException {
    try (RawHttp client = new RawHttp(http.port())) {
      client.send(
          "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
      assertThat(client.head()).isEqualTo("HTTP/1.1 100 Continue");
      assertThat(client.send("abc").head()).startsWith("HTTP/1.1 200 OK");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
        "\0GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        " GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "\tGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        "PRI * HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n" + UPGRADE + "\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n"
            + UPGRADE
            + "\r\n",
      })
  void the_first_request_is_looked_at_like_any_other(String request) throws IOException {
    assertThat(RawHttp.exchange(http.port(), request)).containsPattern("^HTTP/1\\.[01] 400 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {UPGRADE, "Connection: Upgrade\r\nUpgrade: h2c\r\n"})
  void an_upgrade_is_ignored(String fields) throws IOException {
    String post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n" + fields + "\r\nabc";
    try (RawHttp client = new RawHttp(http.port())) {
      assertThat(client.send(post).head()).startsWith("HTTP/1.1 200 OK");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "PRI",
        "GET / HTTP/1.1\r\nX: ",
        RawHttp2.PREFACE,
        RawHttp2.PREFACE + "\0\0\6\4\0\0\0\0\0\0",
        SETTINGS,
        SETTINGS + "\0\0\20\1\4\0\0\0\1\0",
      })
  void a_client_that_asks_nothing_is_cut_whatever_it_begins_with(String beginning)
      throws IOException {
    try (RawHttp client = new RawHttp(http.port()).send(beginning)) {
      assertThat(client.readAll()).doesNotContain("HTTP/1.1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0\0\10\6\0\0\0\0\00012345678", "\0\0\0\4\0\0\0\0\0"})
  void nor_do_frames_of_no_stream_keep_a_connection(String frame) throws IOException {
    try (RawHttp client = new RawHttp(http.port()).send(SETTINGS)) {
      await().until(() -> isCut(client, frame));
    }
  }

  private static boolean isCut(RawHttp client, String frame) {
    try {
      client.send(frame);
      return false;
    } catch (IOException cut) {
      return true;
    }
  }

  @Test
  void a_connection_counts_before_it_has_asked_anything() throws IOException {
    try (RunningHttp one = new RunningHttp(new TestSettings().h2c().maxConnections(1).build());
        RawHttp silent = new RawHttp(one.port());
        RawHttp next = new RawHttp(one.port())) {
      assertThat(next.send(GET).head()).startsWith("HTTP/1.1 503");
      assertThat(silent.hasAnswer()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /2 HTTP/1.1\r\nHost: a\r\nX-", "G"})
  void a_client_that_takes_too_long_over_later_headers_is_cut(String beginning) throws IOException {
    try (RawHttp client = new RawHttp(http.port())) {
      client.send(GET + beginning).head();
      assertThat(client.readAll()).doesNotContain("HTTP/1.1");
    }
  }

  @Test
  void conflicting_framing_of_a_later_request_is_refused() throws IOException {
    String lengths = "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n";

    String answers =
        RawHttp.exchange(
            http.port(), GET + "POST / HTTP/1.1\r\nHost: a\r\n" + lengths + "0\r\n\r\n");

    assertThat(answers).containsSubsequence("200 OK", "400 Bad Request");
  }
}
