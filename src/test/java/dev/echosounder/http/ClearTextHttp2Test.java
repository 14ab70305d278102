package dev.echosounder.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.testing.RawHttp;
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
