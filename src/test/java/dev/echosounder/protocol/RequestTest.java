package dev.echosounder.protocol;

import static dev.echosounder.testing.ScriptedTarget.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.Credentials;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.Secret;
import dev.echosounder.testing.Probing;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestTest {

  private final Vertx vertx = Vertx.vertx();
  private ScriptedTarget server;
  private Probing probing;

  @BeforeEach
  void start() throws Exception {
    server = ScriptedTarget.http(vertx);
    probing = new Probing(vertx, Optional.empty());
  }

  @AfterEach
  void stop() {
    Waiting.on(vertx.close());
  }

  private String sent(String url) {
    return sent(url, HttpOptions.DEFAULT, Map.of());
  }

  private String sent(String url, HttpOptions http, Map<String, Secret> headers) {
    probing.probe(Probing.target(url, http, Probing.LONG, headers), AddressFilter.ANY);
    return server.requests().get(server.requests().size() - 1);
  }

  @Test
  void a_plain_request_has_these_headers_and_no_others() {
    assertThat(sent(server.url("/a/b?c=d#e")).lines())
        .containsExactlyInAnyOrder(
            "GET /a/b?c=d HTTP/1.1",
            "host: 127.0.0.1:" + server.port(),
            "user-agent: echosounder/test",
            "connection: close",
            "");
  }

  @Test
  void an_empty_path_is_the_root() {
    assertThat(sent(server.url(""))).startsWith("GET / HTTP/1.1\r\n");
    assertThat(sent(server.url("?a"))).startsWith("GET /?a HTTP/1.1\r\n");
  }

  @Test
  void other_characters_are_encoded() {
    assertThat(sent(server.url("/\u00e4%20"))).startsWith("GET /%C3%A4%20 HTTP/1.1\r\n");
  }

  @Test
  void the_headers_of_the_target_win_over_the_modules_in_any_case() {
    Map<String, Secret> ofModule = Map.of("X-A", new Secret("module"), "X-B", new Secret("module"));
    HttpOptions http = Probing.http("GET", ofModule, Optional.empty(), List.of(), true);

    String request = sent(server.url("/"), http, Map.of("x-a", new Secret("target")));

    assertThat(request)
        .containsIgnoringCase("x-a: target\r\n")
        .containsIgnoringCase("x-b: module\r\n")
        .doesNotContainIgnoringCase("x-a: module");
  }

  @Test
  void a_configured_host_agent_and_authorization_replace_ours() {
    Map<String, Secret> headers =
        Map.of(
            "host", new Secret("virtual.example"),
            "user-agent", new Secret("me/1"),
            "authorization", new Secret("Bearer x"));

    String request = sent(server.url("u:p@127.0.0.1", "/"), HttpOptions.DEFAULT, headers);

    assertThat(request.lines())
        .contains("host: virtual.example", "user-agent: me/1")
        .filteredOn(line -> line.startsWith("authorization"))
        .containsExactly("authorization: Bearer x");
  }

  @Test
  void userinfo_is_basic_authorization() {
    assertThat(sent(server.url("us%20er:p%C3%A4ss@127.0.0.1", "/")))
        .contains("authorization: Basic dXMgZXI6cMOkc3M=\r\n");
    assertThat(sent(server.url("user@127.0.0.1", "/")))
        .contains("authorization: Basic dXNlcjo=\r\n");
  }

  @Test
  void a_body_is_sent_with_its_length_in_bytes() {
    server.on("/", answer(200, ""));
    HttpOptions post =
        Probing.http("POST", Map.of(), Optional.of(new Secret("h\u00e4")), List.of(), true);
    HttpOptions empty = Probing.http("POST", Map.of(), Optional.empty(), List.of(), true);

    assertThat(sent(server.url("/"), post, Map.of()))
        .startsWith("POST / HTTP/1.1\r\n")
        .contains("content-length: 3\r\n")
        .endsWith("\r\n\r\nh\u00e4");
    assertThat(sent(server.url("/"), empty, Map.of())).contains("content-length: 0\r\n");
  }

  private static HttpOptions with(Credentials credentials) {
    HttpOptions.Client direct = HttpOptions.Client.DEFAULT;
    return HttpOptions.DEFAULT.with(
        new HttpOptions.Client(
            direct.ip(),
            direct.tls(),
            direct.http2(),
            Optional.of(credentials),
            direct.oauth2(),
            direct.proxy(),
            false));
  }

  @Test
  void the_modules_credentials_win_over_userinfo_and_a_header_over_both() {
    HttpOptions bearer = with(new Credentials("Bearer", new Secret("t0ken")));
    Map<String, Secret> header = Map.of("Authorization", new Secret("Own x"));

    assertThat(sent(server.url("/"), bearer, Map.of())).contains("authorization: Bearer t0ken\r\n");
    assertThat(sent(server.url("u:p@127.0.0.1", "/"), bearer, Map.of()))
        .contains("authorization: Bearer t0ken\r\n")
        .doesNotContain("Basic");
    assertThat(sent(server.url("u:p@127.0.0.1", "/"), bearer, header))
        .containsIgnoringCase("authorization: Own x\r\n")
        .doesNotContain("t0ken");
  }

  @Test
  void a_header_may_have_several_values() {
    HttpOptions several =
        HttpOptions.DEFAULT.with(
            new HttpOptions.Request(
                "GET",
                Map.of("X-A", List.of(new Secret("1"), new Secret("2"))),
                Optional.empty(),
                true));

    assertThat(sent(server.url("/"), several, Map.of()).lines())
        .filteredOn(line -> line.startsWith("X-A"))
        .containsExactly("X-A: 1", "X-A: 2");
  }

  @Test
  void the_default_port_is_left_out_of_the_host() {
    assertThat(Origin.of(URI.create("http://A.example:80/")).orElseThrow().authority())
        .isEqualTo("a.example");
    assertThat(Origin.of(URI.create("https://a.example:80/")).orElseThrow().authority())
        .isEqualTo("a.example:80");
    assertThat(Origin.of(URI.create("https://[::1]:443/")).orElseThrow().authority())
        .isEqualTo("[::1]");
  }
}
