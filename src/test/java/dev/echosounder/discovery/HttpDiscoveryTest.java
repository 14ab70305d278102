package dev.echosounder.discovery;

import static dev.echosounder.testing.ScriptedTarget.answer;
import static dev.echosounder.testing.ScriptedTarget.raw;
import static dev.echosounder.testing.ScriptedTarget.rawAndHold;
import static dev.echosounder.testing.ScriptedTarget.redirect;
import static dev.echosounder.testing.ScriptedTarget.reset;
import static dev.echosounder.testing.ScriptedTarget.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.Network;
import dev.echosounder.settings.Settings.Discovery.HttpSource;
import dev.echosounder.settings.TargetUrl;
import dev.echosounder.testing.Authority;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.ScriptedTarget.Script;
import dev.echosounder.testing.TestSettings;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDiscoveryTest {

  private static final Duration NEVER = Duration.ofHours(1);
  private static final String JSON = "Content-Type: application/json";
  private static final String GROUPS = "[{\"targets\": [\"a.example\"]}]";

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final ScriptedTarget server = ScriptedTarget.http(vertx);
  private final List<Answer> told = new CopyOnWriteArrayList<>();
  private final Set<Thread> tellers = ConcurrentHashMap.newKeySet();
  private final List<HttpDiscovery> discoveries = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    discoveries.forEach(HttpDiscovery::close);
    server.close();
    Waiting.on(vertx.close());
  }

  private void discover(String url, Duration interval) {
    discover(url, interval, new HttpClientOptions());
  }

  private void discover(String url, Duration interval, HttpClientOptions options) {
    discover(url, interval, options, AddressFilter.ANY);
  }

  private void discover(
      String url, Duration interval, HttpClientOptions options, AddressFilter dialable) {
    HttpSource source = new HttpSource(TargetUrl.parse(url, Set.of("token")), interval, dialable);
    Documents documents = new Documents(new TargetMaker(new TestSettings().build()));
    context.runOnContext(
        any ->
            discoveries.add(
                new HttpDiscovery(
                    vertx,
                    new Fetch(vertx, options, "echosounder/1.2.3", source),
                    () -> documents,
                    this::tell)));
  }

  private void tell(Answer answer) {
    tellers.add(Thread.currentThread());
    told.add(answer);
  }

  private Answer first() {
    await().until(() -> !told.isEmpty());
    return told.get(0);
  }

  @Test
  void answers_are_told_on_the_event_loop_that_began_to_ask() {
    server.on("/sd", answer(200, GROUPS, JSON));
    discover(server.url("/sd"), Duration.ofMillis(20));
    await().until(() -> told.size() > 20);

    List<Thread> loop = new CopyOnWriteArrayList<>();
    context.runOnContext(any -> loop.add(Thread.currentThread()));
    await().until(() -> !loop.isEmpty());
    assertThat(tellers).containsExactlyElementsOf(loop);
  }

  @Test
  void an_endpoint_is_asked_at_once_and_as_prometheus_does() {
    server.on("/sd?zone=a", answer(200, GROUPS, "Content-Type: application/json; charset=utf-8"));

    discover(server.url("/sd?zone=a"), Duration.ofSeconds(90));

    assertThat(first().groups().orElseThrow().get(0).texts()).containsExactly("a.example");
    assertThat(server.requests().get(0).lines())
        .contains(
            "GET /sd?zone=a HTTP/1.1",
            "host: 127.0.0.1:" + server.port(),
            "accept: application/json",
            "user-agent: echosounder/1.2.3",
            "X-Prometheus-Refresh-Interval-Seconds: 90")
        .noneMatch(line -> line.startsWith("authorization"));
  }

  @Test
  void userinfo_is_sent_as_basic_auth_and_never_shown() {
    server.on("/", answer(500, "", JSON));

    discover(server.url("u:hunter%32@127.0.0.1", ""), NEVER);

    assertThat(first().toString()).doesNotContain("hunter2");
    assertThat(server.requests().get(0).lines()).contains("authorization: Basic dTpodW50ZXIy");
  }

  @Test
  void it_is_asked_again_each_interval_and_each_answer_is_told() {
    AtomicInteger count = new AtomicInteger();
    server.on(
        "/sd",
        socket -> {
          String body = "[{\"targets\": [\"h" + count.incrementAndGet() + "\"]}]";
          (count.get() == 2 ? answer(503, "") : answer(200, body, JSON)).play(socket);
        });

    discover(server.url("/sd"), Duration.ofMillis(500));

    await().until(() -> told.size() >= 3);
    assertThat(told.get(0).groups().orElseThrow().get(0).texts()).containsExactly("h1");
    assertThat(told.get(1).problem())
        .isEqualTo("got status 503, expected 200; redirects are not followed");
    assertThat(told.get(2).groups().orElseThrow().get(0).texts()).containsExactly("h3");
    await().until(() -> server.open() == 0);
  }

  @Test
  void requests_never_overlap_and_end_with_the_interval() {
    server.on("/sd", silent());

    discover(server.url("/sd"), Duration.ofMillis(200));

    await()
        .until(
            () -> {
              assertThat(server.open()).isLessThanOrEqualTo(2);
              return told.size() >= 3;
            });
    assertThat(server.accepted()).isLessThanOrEqualTo(told.size() + 1);
    assertThat(told)
        .allMatch(
            answer -> answer.problem().equals("got no whole answer within 200ms, expected one"));
  }

  @Test
  void a_slow_body_is_cut_at_the_timeout() {
    server.on("/sd", rawAndHold(head("Content-Length: 100", JSON) + "[{"));

    discover(server.url("/sd"), Duration.ofSeconds(1));

    assertThat(first().problem()).isEqualTo("got no whole answer within 1s, expected one");
    discoveries.forEach(HttpDiscovery::close);
    await().until(() -> server.open() == 0);
  }

  private static String head(String... headers) {
    return "HTTP/1.1 200 OK\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
  }

  @Test
  void an_endless_body_is_cut_at_its_bound() {
    AtomicInteger sent = new AtomicInteger();
    server.on(
        "/sd",
        socket -> {
          socket.write(head(JSON));
          pour(socket, sent);
        });

    discover(server.url("/sd"), NEVER);

    assertThat(first().problem()).isEqualTo("got a body of more than 16 MiB, expected less");
    await().until(() -> server.open() == 0);
    assertThat(sent.get()).isLessThan(64);
  }

  /** A MiB after the other for as long as somebody reads. */
  private static void pour(NetSocket socket, AtomicInteger sent) {
    sent.incrementAndGet();
    socket.write(Buffer.buffer(" ".repeat(1 << 20))).onSuccess(written -> pour(socket, sent));
  }

  static Stream<Arguments> failures() {
    String type = "got another content type, expected application/json";
    return Stream.of(
        Arguments.of(answer(200, GROUPS), type),
        Arguments.of(answer(200, GROUPS, "Content-Type: text/plain"), type),
        Arguments.of(answer(200, GROUPS, "Content-Type: application/jsonl"), type),
        Arguments.of(
            answer(500, GROUPS, JSON), "got status 500, expected 200; redirects are not followed"),
        Arguments.of(
            answer(204, "", JSON), "got status 204, expected 200; redirects are not followed"),
        Arguments.of(
            redirect(302, "/other"), "got status 302, expected 200; redirects are not followed"),
        Arguments.of(answer(200, "{}", JSON), "got a mapping, expected a list"),
        Arguments.of(
            answer(200, "[hunter2]", JSON),
            "line 1: got a text that is not JSON or has a key twice, expected JSON"),
        Arguments.of(
            answer(200, "[{\"targets\": [\"a b:hunter2@\"]}]", JSON),
            "[0].targets[0]: got a text that is no target,"
                + " expected an absolute URL (Illegal character in authority)"),
        Arguments.of(
            raw("hunter2 is no HTTP\r\n\r\n"),
            "got an error (IllegalArgumentException), expected an answer"),
        Arguments.of(raw(""), "got a connection that ended too early, expected a whole answer"),
        Arguments.of(
            raw(head("Content-Length: 100", JSON) + "[]"),
            "got a connection that ended too early, expected a whole answer"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void a_failure_is_told(Script script, String problem) {
    server.on("/sd", script).on("/other", answer(200, GROUPS, JSON));

    discover(server.url("/sd"), NEVER);

    assertThat(first()).isEqualTo(Answer.bad(problem));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void a_reset_and_a_closed_port_are_failures() {
    server.on("/sd", reset(""));
    discover(server.url("/sd"), NEVER);
    assertThat(first().groups()).isEmpty();

    discover("http://127.0.0.1:1/sd", NEVER);
    await().until(() -> told.size() == 2);
    assertThat(told.get(1).problem()).contains("Connection refused");
  }

  @Test
  void an_empty_list_is_no_targets() {
    server.on("/sd", answer(200, "[]", JSON));

    discover(server.url("/sd"), NEVER);

    assertThat(first()).isEqualTo(Answer.good(List.of()));
  }

  @Test
  void tls_is_spoken_and_the_certificate_checked() throws Exception {
    Authority authority = new Authority();
    try (ScriptedTarget secure = ScriptedTarget.https(vertx, authority.issue("127.0.0.1"))) {
      secure.on("/sd", answer(200, GROUPS, JSON));

      discover(secure.url("/sd"), NEVER);
      assertThat(first().problem()).contains("SSLHandshakeException");

      discover(secure.url("/sd"), NEVER, trusting(authority));
      await().until(() -> told.size() == 2);
      assertThat(told.get(1).problem()).isEmpty();
    }
  }

  @Test
  void a_certificate_of_another_host_is_refused() throws Exception {
    Authority authority = new Authority();
    try (ScriptedTarget secure = ScriptedTarget.https(vertx, authority.issue("other.example"))) {
      secure.on("/sd", answer(200, GROUPS, JSON));

      discover(secure.url("/sd"), NEVER, trusting(authority));

      assertThat(first().problem()).contains("SSLHandshakeException");
      assertThat(secure.requests()).isEmpty();
    }
  }

  private static HttpClientOptions trusting(Authority authority) throws Exception {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authority.trusted());
    return new HttpClientOptions()
        .setTrustOptions(TrustOptions.wrap(factory.getTrustManagers()[0]));
  }

  @Test
  void nothing_is_told_after_the_end() {
    AtomicInteger asked = new AtomicInteger();
    server.on(
        "/sd",
        socket -> {
          asked.incrementAndGet();
          discoveries.forEach(HttpDiscovery::close);
          answer(200, GROUPS, JSON).play(socket);
        });

    discover(server.url("/sd"), Duration.ofMillis(100));

    await().until(() -> asked.get() > 0 && server.open() == 0);
    Waiting.on(vertx.timer(300));
    assertThat(asked).hasValue(1);
    assertThat(told).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1", "localhost", "[::ffff:127.0.0.1]"})
  void an_endpoint_that_is_denied_is_not_asked(String host) {
    AddressFilter denied =
        new AddressFilter(List.of(), List.of(Network.parse("127.0.0.0/8"), Network.parse("::1")));

    discover(server.url(host, "/sd"), NEVER, new HttpClientOptions(), denied);

    assertThat(first().problem())
        .isEqualTo("got an endpoint that prober.deny denies, expected another");
    assertThat(server.accepted()).isZero();
  }
}
