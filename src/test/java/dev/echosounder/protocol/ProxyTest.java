package dev.echosounder.protocol;

import static dev.echosounder.testing.ScriptedTarget.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.dial.Timeline;
import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.IpChoice;
import dev.echosounder.settings.Network;
import dev.echosounder.settings.ProxyOptions;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.TargetUrl;
import dev.echosounder.settings.TlsOptions;
import dev.echosounder.testing.Authority;
import dev.echosounder.testing.Probing;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.SmallProxy;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyTest {

  private static Authority authority;

  private final Vertx vertx = Vertx.vertx();
  private final Timeline timeline = Timeline.on();
  private SmallProxy proxy;
  private ScriptedTarget plain;
  private ScriptedTarget secure;
  private Probing probing;

  @BeforeAll
  static void issue() throws Exception {
    authority = new Authority();
  }

  @BeforeEach
  void start() throws Exception {
    proxy = new SmallProxy(vertx);
    plain = ScriptedTarget.http(vertx).on("/", answer(200, "plain"));
    secure =
        ScriptedTarget.https(vertx, authority.issue("shop.example", "127.0.0.1"))
            .on("/", answer(200, "secure"));
    probing = new Probing(vertx, Optional.of(authority.trusted()));
  }

  @AfterEach
  void every_connection_is_closed() {
    await().untilAsserted(() -> assertThat(plain.open() + secure.open()).isZero());
    Waiting.on(vertx.close());
  }

  private static HttpOptions over(
      String url, List<String> none, Map<String, List<Secret>> connect, boolean resolveByProxy) {
    Optional<TargetUrl> parsed = Optional.of(TargetUrl.parse(url, Set.of()));
    return HttpOptions.DEFAULT.with(
        new HttpOptions.Client(
            new IpChoice(IpChoice.Family.IP4, true),
            TlsOptions.DEFAULT,
            true,
            Optional.empty(),
            Optional.empty(),
            new ProxyOptions(parsed, parsed, none, connect),
            resolveByProxy));
  }

  private HttpOptions over(String userInfo) {
    return over(proxy.url(userInfo), List.of(), Map.of(), false);
  }

  private HttpOptions resolving() {
    return over(proxy.url(""), List.of(), Map.of(), true);
  }

  private ProbeResult probe(String url, HttpOptions options) {
    return probing.probe(
        Probing.target(url, options, Probing.LONG, Map.of()), AddressFilter.ANY, timeline);
  }

  @Test
  void an_http_target_is_asked_for_in_absolute_form() {
    ProbeResult result = probe(plain.url("/"), over(""));

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.phases()).containsOnlyKeys(Phase.CONNECT, Phase.PROCESSING, Phase.TRANSFER);
    assertThat(proxy.heads()).hasSize(1);
    assertThat(proxy.heads().get(0)).startsWith("GET " + plain.url("/") + " HTTP/1.1\r\n");
  }

  @Test
  void the_proxy_is_told_the_host_that_was_checked_whatever_the_host_header_says() {
    HttpOptions options =
        over("")
            .with(
                new HttpOptions.Request(
                    "GET",
                    Map.of("Host", List.of(new Secret("169.254.169.254"))),
                    Optional.empty(),
                    true));

    probe(plain.url("/"), options);

    assertThat(proxy.heads().get(0)).startsWith("GET " + plain.url("/") + " HTTP/1.1\r\n");
  }

  @Test
  void an_interim_answer_opens_no_tunnel() {
    proxy.refuse(
        "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");

    assertThat(probe(secure.url("/"), over("")).reason()).isEqualTo(Reason.STATUS);
  }

  @Test
  void an_https_target_is_reached_by_a_tunnel() {
    ProbeResult result = probe(secure.url("/"), over(""));

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.phases())
        .containsOnlyKeys(Phase.CONNECT, Phase.TLS, Phase.PROCESSING, Phase.TRANSFER);
    assertThat(proxy.heads().get(0))
        .isEqualTo(
            "CONNECT 127.0.0.1:%d HTTP/1.1\r\nhost: 127.0.0.1:%d\r\n"
                .formatted(secure.port(), secure.port()));
  }

  @Test
  void the_proxys_userinfo_goes_to_the_proxy_and_not_through_a_tunnel() {
    probe(plain.url("/"), over("user:pass@"));
    probe(secure.url("/"), over("user:pass@"));

    assertThat(proxy.heads())
        .hasSize(2)
        .allMatch(head -> SmallProxy.has(head, "proxy-authorization: Basic dXNlcjpwYXNz"));
    assertThat(secure.requests().get(0)).doesNotContainIgnoringCase("authorization");
    assertThat(timeline.lines()).noneMatch(line -> line.contains("pass"));
  }

  @Test
  void connect_headers_go_with_connect_alone() {
    Map<String, List<Secret>> headers = Map.of("X-Tunnel", List.of(new Secret("one")));
    HttpOptions options = over(proxy.url(""), List.of(), headers, false);

    probe(secure.url("/"), options);
    probe(plain.url("/"), options);

    assertThat(SmallProxy.has(proxy.heads().get(0), "x-tunnel: one")).isTrue();
    assertThat(proxy.heads().get(1)).doesNotContainIgnoringCase("x-tunnel");
    assertThat(secure.requests().get(0)).doesNotContainIgnoringCase("x-tunnel");
  }

  @Test
  void credentials_for_the_target_do_not_go_to_the_proxy() {
    probe(secure.url("user:pass@127.0.0.1", "/"), over(""));

    assertThat(proxy.heads().get(0)).doesNotContainIgnoringCase("authorization");
    assertThat(secure.requests().get(0)).containsIgnoringCase("authorization: Basic");
  }

  @Test
  void a_name_can_be_left_to_the_proxy() {
    ProbeResult viaTunnel = probe(secure.url("shop.example", "/"), resolving());
    ProbeResult forwarded = probe(plain.url("shop.example", "/"), resolving());

    assertThat(viaTunnel.reason()).isEqualTo(Reason.OK);
    assertThat(viaTunnel.phases()).doesNotContainKey(Phase.RESOLVE);
    assertThat(forwarded.reason()).isEqualTo(Reason.OK);
    assertThat(proxy.heads().get(0)).startsWith("CONNECT shop.example:" + secure.port() + " ");
    assertThat(proxy.heads().get(1)).startsWith("GET http://shop.example:" + plain.port() + "/ ");
  }

  @Test
  void a_name_is_resolved_here_otherwise_and_the_proxy_told_the_address() {
    ProbeResult result = probe(secure.url("localhost", "/"), over(""));

    assertThat(proxy.heads().get(0)).startsWith("CONNECT 127.0.0.1:" + secure.port() + " ");
    assertThat(result.reason()).isEqualTo(Reason.TLS_HOSTNAME);
    assertThat(result.phases()).containsKey(Phase.RESOLVE);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 407 Proxy Authentication Required, STATUS",
    "HTTP/1.1 403 Forbidden, STATUS",
    "HTTP/1.1 502 Bad Gateway, STATUS",
    "HTTP/1.1 302 Found, STATUS",
    "SSH-2.0-OpenSSH, PROTOCOL",
    "'', RESET"
  })
  void a_tunnel_that_is_refused_has_a_reason_and_no_status_code(String line, Reason reason) {
    proxy.refuse(line.isEmpty() ? "" : line + "\r\nContent-Length: 0\r\n\r\n");

    ProbeResult result = probe(secure.url("/"), over(""));

    assertThat(result.reason()).isEqualTo(reason);
    assertThat(result.statusCode()).isEmpty();
    assertThat(result.phases()).containsOnlyKeys(Phase.CONNECT);
    assertThat(secure.accepted()).isZero();
  }

  @Test
  void a_refused_tunnel_says_with_which_status() {
    proxy.refuse("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");

    probe(secure.url("/"), over(""));

    assertThat(timeline.lines()).last().asString().endsWith("refused the tunnel with 407");
  }

  @Test
  void an_answer_of_the_proxy_to_a_forwarded_request_is_an_answer() {
    proxy.refuse("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");

    ProbeResult result = probe(plain.url("/"), over(""));

    assertThat(result.reason()).isEqualTo(Reason.STATUS);
    assertThat(result.statusCode()).hasValue(407);
  }

  @Test
  void a_proxy_that_is_not_there_is_refused() throws IOException {
    int unused;
    try (ServerSocket socket = new ServerSocket(0)) {
      unused = socket.getLocalPort();
    }
    HttpOptions options = over("http://127.0.0.1:" + unused, List.of(), Map.of(), false);

    assertThat(probe(plain.url("/"), options).reason()).isEqualTo(Reason.REFUSED);
  }

  @Test
  void a_proxy_that_does_not_answer_connect_is_a_timeout() {
    try (ScriptedTarget silent = ScriptedTarget.http(vertx)) {
      silent.on("127.0.0.1:" + secure.port(), ScriptedTarget.silent());
      HttpOptions options = over(silent.url(""), List.of(), Map.of(), false);

      ProbeResult result =
          probing.probe(
              Probing.target(secure.url("/"), options, Duration.ofMillis(300), Map.of()),
              AddressFilter.ANY);

      assertThat(result.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(result.phases()).containsOnlyKeys(Phase.CONNECT);
      await().untilAsserted(() -> assertThat(silent.open()).isZero());
    }
  }

  @Test
  void hosts_by_the_rules_of_no_proxy_are_reached_directly() {
    HttpOptions options = over(proxy.url(""), List.of("127.0.0.0/8"), Map.of(), false);

    assertThat(probe(plain.url("/"), options).reason()).isEqualTo(Reason.OK);
    assertThat(probe(secure.url("/"), options).reason()).isEqualTo(Reason.OK);
    assertThat(proxy.heads()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.2"})
  void proxy_and_target_are_both_checked(String denied) {
    AddressFilter filter = new AddressFilter(List.of(), List.of(Network.parse(denied)));
    String url = "http://127.0.0.2:" + plain.port() + "/";

    ProbeResult result =
        probing.probe(Probing.target(url, over(""), Probing.LONG, Map.of()), filter);

    assertThat(result.reason()).isEqualTo(Reason.BLOCKED);
    assertThat(proxy.heads()).isEmpty();
  }

  @Test
  void each_hop_of_a_redirect_goes_by_the_proxy() {
    plain.on("/up", ScriptedTarget.redirect(301, secure.url("/")));

    assertThat(probe(plain.url("/up"), over("")).reason()).isEqualTo(Reason.OK);
    assertThat(proxy.heads()).hasSize(2);
  }
}
