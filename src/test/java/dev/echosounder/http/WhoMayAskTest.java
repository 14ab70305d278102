package dev.echosounder.http;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.echosounder.bus.Address;
import dev.echosounder.bus.Stage;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Web;
import dev.echosounder.testing.RawHttp;
import dev.echosounder.testing.TestSettings;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhoMayAskTest {

  private static final Secret HASH =
      new Secret(BCrypt.withDefaults().hashToString(4, "s3cret".toCharArray()));
  private static final Web USERS =
      new Web(Optional.empty(), true, Map.of(), Map.of("ada", HASH), Optional.empty());
  private static final String GOOD = authorization("ada:s3cret");

  private RunningHttp http;

  @AfterEach
  void close() {
    http.close();
  }

  private void run(Web web) {
    http = new RunningHttp(settings(web));
    http.enter(Stage.RUNNING);
  }

  private static Settings settings(Web web) {
    return new TestSettings().web(web).build();
  }

  private static String authorization(String pair) {
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))
        + "\r\n";
  }

  private static String request(String method, String path, String headers) {
    return method + " " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "Connection: close\r\n\r\n";
  }

  private String get(String path, String headers) throws IOException {
    return RawHttp.exchange(http.port(), request("GET", path, headers));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/metrics",
        "/%6detrics",
        "/x/../metrics",
        "http://x/config",
        "/healthcheck",
        "/queryurl",
        "/probe?target=x",
        "/history",
        "/-/reload"
      })
  void a_reserved_path_is_for_users(String path) throws IOException {
    run(USERS);

    for (String headers :
        List.of(
            "", authorization("ada:wrong"), authorization("eve:s3cret"), "Authorization: x\r\n")) {
      String answer = get(path, headers);
      assertThat(answer)
          .startsWith("HTTP/1.1 401 ")
          .containsIgnoringCase("www-authenticate: Basic realm=\"echosounder\", charset=\"UTF-8\"");
      assertThat(new JsonObject(answer.substring(answer.indexOf('{'))).fieldNames())
          .containsExactly("error", "message");
    }
    assertThat(get(path, GOOD)).doesNotContain(" 401 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/healthcheck/live",
        "/healthcheck/ready",
        "/",
        "/any/route",
        "/METRICS",
        "/metrics/"
      })
  void echo_and_the_probes_of_kubernetes_are_for_anybody(String path) throws IOException {
    run(USERS);

    assertThat(get(path, "")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void users_are_those_of_the_newest_configuration() throws IOException {
    run(Web.OPEN);
    assertThat(get("/config", "")).startsWith("HTTP/1.1 200 ");

    http.bus.publish(Address.SETTINGS, settings(USERS));
    assertThat(get("/config", "")).startsWith("HTTP/1.1 401 ");
    assertThat(get("/config", GOOD)).startsWith("HTTP/1.1 200 ");

    http.bus.publish(Address.SETTINGS, settings(Web.OPEN));
    assertThat(get("/config", "")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void requests_that_follow_a_refused_one_on_its_connection_are_answered() throws IOException {
    run(USERS);

    String answers =
        RawHttp.exchange(
            http.port(),
            "GET /config HTTP/1.1\r\nHost: x\r\n\r\n"
                + "POST /-/reload HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
                + request("GET", "/config", GOOD));

    assertThat(answers.split("HTTP/1.1 401 ", -1)).hasSize(3);
    assertThat(answers).contains("HTTP/1.1 200 ");
  }

  @Test
  void a_check_of_a_password_does_not_hold_up_echo() throws IOException {
    Secret slow = new Secret(BCrypt.withDefaults().hashToString(12, "s3cret".toCharArray()));
    run(new Web(Optional.empty(), true, Map.of(), Map.of("ada", slow), Optional.empty()));

    try (RawHttp waiting = new RawHttp(http.port())) {
      waiting.send(request("GET", "/config", GOOD));
      long start = System.nanoTime();
      assertThat(get("/any", "")).startsWith("HTTP/1.1 200 ");
      long echo = System.nanoTime() - start;
      assertThat(waiting.head()).startsWith("HTTP/1.1 200 ");
      System.out.printf(
          "echo %d ms beside a password of %d ms%n",
          echo / 1_000_000, (System.nanoTime() - start) / 1_000_000);
    }
  }

  @Test
  void past_the_rate_limit_a_client_is_told_when_to_come_back() throws IOException {
    run(
        new Web(
            Optional.empty(),
            true,
            Map.of(),
            Map.of(),
            Optional.of(new Web.RateLimit(Duration.ofMinutes(90), 2))));

    assertThat(get("/config", "")).startsWith("HTTP/1.1 200 ");
    assertThat(get("/healthcheck", "")).startsWith("HTTP/1.1 200 ");
    assertThat(get("/config", ""))
        .startsWith("HTTP/1.1 429 ")
        .containsPattern("(?i)retry-after: 5[34]\\d\\d\r\n")
        .contains("\"error\":\"too_many_requests\"");
    for (String path : List.of("/healthcheck/live", "/healthcheck/ready", "/any")) {
      assertThat(get(path, "")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void what_is_refused_is_counted_by_its_reason() throws IOException {
    run(
        new Web(
            Optional.empty(),
            true,
            Map.of(),
            Map.of("ada", HASH),
            Optional.of(new Web.RateLimit(Duration.ofMinutes(90), 3))));

    get("/config", "");
    get("/config", authorization("ada:wrong"));
    get("/config", GOOD);
    get("/config", GOOD);
    get("/any", "");
    RawHttp.exchange(http.port(), "nonsense\r\n\r\n");
    RawHttp.exchange(http.port(), "GET /any HTTP/1.1\r\n\r\n");

    assertThat(http.refused())
        .containsOnly(
            Map.entry("unauthorized", 2L),
            Map.entry("rate_limited", 1L),
            Map.entry("malformed", 2L));
    assertThat(http.counted()).containsOnly(Map.entry("GET 200", 1L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /any HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /config HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /queryurl HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /status/503 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /any HTTP/1.1\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        "nonsense\r\n\r\n",
      })
  void headers_are_on_every_answer(String request) throws IOException {
    run(
        new Web(
            Optional.empty(),
            true,
            Map.of("X-Frame-Options", "deny", "X-Content-Type-Options", "nosniff"),
            Map.of(),
            Optional.empty()));

    assertThat(RawHttp.exchange(http.port(), request))
        .containsOnlyOnce("X-Frame-Options: deny\r\n")
        .containsOnlyOnce("X-Content-Type-Options: nosniff\r\n");
  }
}
