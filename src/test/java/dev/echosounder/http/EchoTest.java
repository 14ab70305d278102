package dev.echosounder.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Stage;
import dev.echosounder.settings.Settings;
import dev.echosounder.testing.RawHttp;
import dev.echosounder.testing.TestSettings;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EchoTest {

  private final RunningHttp http = new RunningHttp(new TestSettings().build());

  @AfterEach
  void stop() {
    http.close();
  }

  private String get(String target) throws IOException {
    return request("GET", target);
  }

  private String request(String method, String target) throws IOException {
    return RawHttp.exchange(
        http.port(), method + " " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  }

  private static JsonObject json(String answer) {
    return new JsonObject(answer.substring(answer.indexOf("\r\n\r\n") + 4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "PURGE", "get"})
  void any_method_on_any_path_is_answered(String method) throws IOException {
    String answer = request(method, "/anything/at/all?x=1");

    assertThat(answer).startsWith("HTTP/1.1 200 OK").contains("content-type: application/json");
    assertThat(json(answer))
        .isEqualTo(
            new JsonObject()
                .put("app_name", "echosounder")
                .put("method", method)
                .put("path", "/anything/at/all")
                .put("instance", "instance-1"));
  }

  @Test
  void head_has_the_length_of_get_and_no_body() throws IOException {
    String get = get("/a");
    String head = request("HEAD", "/a");

    // The body of GET says GET, that of HEAD would say HEAD.
    int length = get.substring(get.indexOf("\r\n\r\n") + 4).length() + 1;
    assertThat(head).contains("content-length: " + length).endsWith("\r\n\r\n");
  }

  @Test
  void connect_is_answered_without_a_body() throws IOException {
    String answer = request("CONNECT", "example.org:443");

    assertThat(answer).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\n");
  }

  @Test
  void options_of_the_whole_server_is_answered() throws IOException {
    assertThat(json(request("OPTIONS", "*")).getString("path")).isEqualTo("*");
  }

  @Test
  void what_the_client_sent_cannot_break_the_json() throws IOException {
    assertThat(json(get("/%22%5C%e2%80%a8\u00e9")).getString("path")).startsWith("/\"\\\u2028");
  }

  @ParameterizedTest
  @CsvSource({
    "200,true",
    "204,false",
    "205,false",
    "304,false",
    "404,true",
    "503,true",
    "599,true"
  })
  void a_status_is_answered_with_a_body_where_it_may_have_one(int code, boolean body)
      throws IOException {
    String answer = get("/status/" + code);

    assertThat(answer).startsWith("HTTP/1.1 " + code);
    assertThat(answer.endsWith("\r\n\r\n")).isEqualTo(!body);
    assertThat(answer.contains("content-length: 0")).isEqualTo(code == 205);
    await().until(() -> http.counted().equals(Map.of("GET " + code, 1L)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/status/999", "/status/100", "/?delay=1h", "/x?delay=", "/?delay=-1s"})
  void what_cannot_be_pretended_is_refused_and_not_counted(String target) throws IOException {
    String answer = get(target);

    assertThat(answer).startsWith("HTTP/1.1 400");
    assertThat(json(answer).getString("error")).isEqualTo("bad_request");
    assertThat(json(answer).getString("message")).contains("got ", "expected ");
    assertThat(http.counted()).isEmpty();
  }

  @Test
  void a_delay_holds_the_answer_back_and_nothing_else() throws IOException {
    try (RawHttp slow = new RawHttp(http.port())) {
      slow.send("GET /slow?delay=1500ms HTTP/1.1\r\nHost: x\r\n\r\n");
      long start = System.nanoTime();
      get("/fast");
      assertThat(http.counted()).isEqualTo(Map.of("GET 200", 1L));

      assertThat(slow.head()).startsWith("HTTP/1.1 200");
      assertThat(System.nanoTime() - start).isGreaterThan(1_000_000_000L);
    }
    await().until(() -> http.counted().equals(Map.of("GET 200", 2L)));
  }

  @Test
  void an_answer_that_nobody_waits_for_any_more_is_not_counted_and_does_not_hold_up_a_stop()
      throws IOException {
    try (RawHttp client = new RawHttp(http.port())) {
      client.send("GET /?delay=30s HTTP/1.1\r\nHost: x\r\n\r\n");
      get("/after");
    }

    http.enter(Stage.CLOSING);
    http.enter(Stage.DRAINED);

    assertThat(http.counted()).isEqualTo(Map.of("GET 200", 1L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /healthcheck/live HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
      })
  void while_it_stops_the_service_says_that_the_connection_ends(String request) throws IOException {
    http.enter(Stage.CLOSING);

    assertThat(RawHttp.exchange(http.port(), request))
        .contains("200 OK", "connection: close")
        .doesNotContain("keep-alive");
  }

  @Test
  void without_simulation_status_and_delay_are_plain_echo() throws IOException {
    Settings off = new TestSettings().simulate(false).build();
    http.bus.publish(Address.SETTINGS, off);

    await().untilAsserted(() -> assertThat(get("/status/503")).startsWith("HTTP/1.1 200"));
    assertThat(get("/?delay=1h")).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello",
        "POST /b HTTP/1.0\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
        "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
      })
  void a_body_is_read_before_the_answer(String request) throws IOException {
    assertThat(RawHttp.exchange(http.port(), request)).matches("(?s)HTTP/1.[01] 200 OK.*");
  }

  @Test
  void a_client_that_asks_before_it_sends_a_body_is_told_to_continue() throws IOException {
    try (RawHttp client = new RawHttp(http.port())) {
      client.send(
          "PUT /b HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(client.head()).isEqualTo("HTTP/1.1 100 Continue");

      client.send("ok");
      assertThat(client.head()).startsWith("HTTP/1.1 200 OK");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\n\r\n",
        "POST /b HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 20000000\r\n\r\n",
      })
  void an_announced_body_that_is_too_large_is_refused_at_once(String request) throws IOException {
    String answer = RawHttp.exchange(http.port(), request);

    assertThat(answer).startsWith("HTTP/1.1 413").contains("connection: close");
    assertThat(http.counted()).isEmpty();
  }

  @Test
  void a_body_that_turns_out_too_large_is_refused() throws IOException {
    try (RawHttp client = new RawHttp(http.port())) {
      client.send("POST /b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      String chunk = "100000\r\n" + "x".repeat(0x100000) + "\r\n";
      for (int i = 0; i < 10; i++) {
        client.send(chunk);
      }
      client.send("1\r\nx\r\n");

      assertThat(client.head()).startsWith("HTTP/1.1 413");
    }
    assertThat(http.counted()).isEmpty();
  }

  @Test
  void pipelined_requests_are_answered_in_order_and_each_counted() throws IOException {
    String one = "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n";
    String two = "GET /2?delay=50ms HTTP/1.1\r\nHost: x\r\n\r\n";
    String three = "GET /3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    String answers = RawHttp.exchange(http.port(), one + two + three);

    assertThat(answers).containsSubsequence("\"/1\"", "\"/2\"", "\"/3\"");
    await().until(() -> http.counted().equals(Map.of("GET 200", 3L)));
  }
}
