package dev.echosounder.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.testing.RawHttp;
import dev.echosounder.testing.TestSettings;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRulesTest {

  private final RunningHttp http = new RunningHttp(new TestSettings().build());

  @AfterEach
  void stop() {
    http.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: user@a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a:port\r\n\r\n",
        "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /metrics HTTP/1.1\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: five\r\n\r\nhello",
        "GET / HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
      })
  void a_malformed_request_is_refused_and_the_connection_closed(String request) throws IOException {
    String answer =
        RawHttp.exchange(http.port(), request + "GET /next HTTP/1.1\r\nHost: a\r\n\r\n");

    assertThat(answer).matches("(?s)HTTP/1.[01] 400 Bad Request.*").doesNotContain("/next");
    JsonObject json = new JsonObject(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    assertThat(json.getString("error")).isEqualTo("bad_request");
    assertThat(json.getString("message")).isNotEmpty();
    assertThat(http.counted()).isEmpty();
  }

  @Test
  void a_request_line_or_header_section_that_is_too_long_is_refused() throws IOException {
    String path = "/" + "x".repeat(5000);
    assertThat(RawHttp.exchange(http.port(), "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n"))
        .contains(" 414 ");
    String field = "X: " + "x".repeat(9000);
    assertThat(RawHttp.exchange(http.port(), "GET / HTTP/1.1\r\nHost: a\r\n" + field + "\r\n\r\n"))
        .contains(" 431 ");
    assertThat(http.counted()).isEmpty();
  }

  @Test
  void an_old_client_needs_no_host() throws IOException {
    assertThat(RawHttp.exchange(http.port(), "GET / HTTP/1.0\r\n\r\n"))
        .startsWith("HTTP/1.0 200 OK");
  }
}
