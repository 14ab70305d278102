package dev.echosounder.protocol;

import static dev.echosounder.testing.ScriptedTarget.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.dial.Timeline;
import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.IpChoice;
import dev.echosounder.settings.Network;
import dev.echosounder.settings.OAuth2;
import dev.echosounder.settings.ProxyOptions;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.Target;
import dev.echosounder.settings.TargetUrl;
import dev.echosounder.settings.TlsOptions;
import dev.echosounder.testing.Probing;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OAuth2Test {

  private static final String TOKEN =
      "{\"access_token\":\"t0ken\",\"token_type\":\"bearer\",\"expires_in\":3600}";

  private final Vertx vertx = Vertx.vertx();
  private final Timeline timeline = Timeline.on();
  private ScriptedTarget server;
  private ScriptedTarget endpoint;
  private Probing probing;

  @BeforeEach
  void start() throws Exception {
    server = ScriptedTarget.http(vertx).on("/", answer(200, ""));
    endpoint = ScriptedTarget.http(vertx).on("/token", answer(200, TOKEN));
    probing = new Probing(vertx, Optional.empty());
  }

  @AfterEach
  void every_connection_is_closed() {
    await().untilAsserted(() -> assertThat(server.open() + endpoint.open()).isZero());
    Waiting.on(vertx.close());
  }

  private HttpOptions options(List<String> scopes, Map<String, Secret> params) {
    OAuth2 oauth2 =
        new OAuth2(
            "me & you",
            new Secret("se:cret"),
            TargetUrl.parse(endpoint.url("/token"), Set.of()),
            scopes,
            params,
            TlsOptions.DEFAULT,
            ProxyOptions.DIRECT);
    return HttpOptions.DEFAULT.with(
        new HttpOptions.Client(
            IpChoice.DEFAULT,
            TlsOptions.DEFAULT,
            true,
            Optional.empty(),
            Optional.of(oauth2),
            ProxyOptions.DIRECT,
            false));
  }

  private HttpOptions options() {
    return options(List.of(), Map.of());
  }

  private Target target(Duration timeout) {
    return Probing.target(server.url("/"), options(), timeout, Map.of());
  }

  private ProbeResult probe() {
    return probing.probe(target(Probing.LONG), AddressFilter.ANY, timeline);
  }

  @Test
  void a_token_is_got_and_sent_and_its_time_measured_apart() {
    ProbeResult result = probe();

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(server.requests().get(0)).contains("authorization: Bearer t0ken\r\n");
    assertThat(result.measures()).containsKey(Measure.OAUTH2_TOKEN_TIME);
    assertThat(result.phases()).containsOnlyKeys(Phase.CONNECT, Phase.PROCESSING, Phase.TRANSFER);
    assertThat(endpoint.requests()).hasSize(1);
    assertThat(endpoint.requests().get(0))
        .startsWith("POST /token HTTP/1.1\r\n")
        .contains("authorization: Basic bWUrJTI2K3lvdTpzZSUzQWNyZXQ=\r\n")
        .contains("content-type: application/x-www-form-urlencoded\r\n")
        .endsWith("\r\n\r\ngrant_type=client_credentials");
  }

  @Test
  void scopes_and_further_parameters_are_sent() {
    HttpOptions options = options(List.of("read", "write"), Map.of("audience", new Secret("a/b")));

    probing.probe(server.url("/"), options);

    assertThat(endpoint.requests().get(0))
        .endsWith("\r\n\r\ngrant_type=client_credentials&scope=read+write&audience=a%2Fb");
  }

  @Test
  void a_token_is_used_again_until_it_expires() {
    probe();
    ProbeResult second = probe();

    assertThat(server.requests()).hasSize(2).allMatch(sent -> sent.contains("Bearer t0ken"));
    assertThat(endpoint.accepted()).isEqualTo(1);
    assertThat(second.measures()).doesNotContainKey(Measure.OAUTH2_TOKEN_TIME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"access_token\":\"t0ken\"}",
        "{\"access_token\":\"t0ken\",\"expires_in\":9}",
        "{\"access_token\":\"t0ken\",\"expires_in\":\"9\"}",
        "{\"access_token\":\"t0ken\",\"expires_in\":-1}"
      })
  void a_token_that_expires_soon_or_nobody_knows_when_is_used_once(String answer) {
    endpoint.on("/token", answer(200, answer));

    assertThat(probe().up()).isTrue();
    assertThat(probe().up()).isTrue();

    assertThat(endpoint.accepted()).isEqualTo(2);
  }

  @Test
  void a_token_that_the_target_refuses_is_not_used_again() {
    server.on("/", answer(401, ""));
    assertThat(probe().reason()).isEqualTo(Reason.STATUS);
    server.on("/", answer(200, ""));

    assertThat(probe().reason()).isEqualTo(Reason.OK);

    assertThat(endpoint.accepted()).isEqualTo(2);
  }

  @Test
  void a_lifetime_may_be_written_as_text() {
    endpoint.on("/token", answer(200, "{\"access_token\":\"t\",\"expires_in\":\"3600\"}"));

    probe();
    probe();

    assertThat(endpoint.accepted()).isEqualTo(1);
  }

  @Test
  void probes_at_one_time_share_one_request() {
    endpoint.on("/token", endpoint.delayed(200, answer(200, TOKEN)));

    List<Future<ProbeResult>> probes =
        IntStream.range(0, 5)
            .mapToObj(i -> probing.start(target(Probing.LONG), AddressFilter.ANY, Timeline.off()))
            .toList();

    assertThat(probes).allMatch(probe -> Waiting.on(probe).up());
    assertThat(endpoint.accepted()).isEqualTo(1);
  }

  @Test
  void a_probe_with_more_time_does_not_share_the_timeout_of_another() {
    endpoint.on("/token", ScriptedTarget.silent());
    Future<ProbeResult> hasty =
        probing.start(target(Duration.ofMillis(300)), AddressFilter.ANY, Timeline.off());
    await().until(() -> endpoint.requests().size() == 1);
    Future<ProbeResult> patient =
        probing.start(target(Probing.LONG), AddressFilter.ANY, Timeline.off());
    endpoint.on("/token", answer(200, TOKEN));

    assertThat(Waiting.on(hasty).reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(Waiting.on(patient).reason()).isEqualTo(Reason.OK);
    assertThat(endpoint.accepted()).isEqualTo(2);
  }

  @Test
  void where_basic_authorization_is_refused_the_form_has_the_credentials() {
    endpoint.on(
        "/token",
        socket -> {
          boolean first = endpoint.requests().size() == 1;
          (first ? answer(401, "{}") : answer(200, TOKEN)).play(socket);
        });

    assertThat(probe().reason()).isEqualTo(Reason.OK);
    assertThat(endpoint.requests().get(1))
        .doesNotContain("authorization:")
        .endsWith("&client_id=me+%26+you&client_secret=se%3Acret");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 302, 500})
  void an_endpoint_that_refuses_is_status_and_the_target_is_not_asked(int status) {
    endpoint.on("/token", answer(status, "{\"error\":\"invalid_client\"}"));

    ProbeResult result = probe();

    assertThat(result.reason()).isEqualTo(Reason.STATUS);
    assertThat(result.statusCode()).isEmpty();
    assertThat(result.measures()).containsKey(Measure.OAUTH2_TOKEN_TIME);
    assertThat(server.accepted()).isZero();
    assertThat(timeline.lines())
        .last()
        .asString()
        .endsWith("the token endpoint answered " + status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "[]",
        "{}",
        "{\"access_token\":1}",
        "{\"access_token\":\"\"}",
        "{\"access_token\":\"a\\r\\nX: y\"}"
      })
  void an_answer_without_a_token_is_protocol(String answer) {
    endpoint.on("/token", answer(200, answer));

    assertThat(probe().reason()).isEqualTo(Reason.PROTOCOL);
    assertThat(server.accepted()).isZero();
  }

  @Test
  void the_answer_of_an_endpoint_is_bounded() {
    endpoint.on("/token", answer(200, "{\"access_token\":\"" + "t".repeat(70_000) + "\"}"));

    assertThat(probe().reason()).isEqualTo(Reason.BODY_LIMIT);
  }

  @Test
  void an_endpoint_that_may_not_be_dialled_is_blocked() {
    AddressFilter filter = new AddressFilter(List.of(), List.of(Network.parse("127.0.0.1")));

    assertThat(probing.probe(target(Probing.LONG), filter).reason()).isEqualTo(Reason.BLOCKED);
    assertThat(endpoint.accepted()).isZero();
  }

  @Test
  void a_token_does_not_go_to_another_origin() {
    try (ScriptedTarget other = ScriptedTarget.http(vertx).on("/", answer(200, ""))) {
      server.on("/", ScriptedTarget.redirect(302, other.url("/")));

      assertThat(probe().reason()).isEqualTo(Reason.OK);
      assertThat(other.requests().get(0)).doesNotContainIgnoringCase("authorization");
    }
  }

  @Test
  void no_secret_is_in_the_timeline() {
    probe();

    assertThat(timeline.lines())
        .anyMatch(line -> line.endsWith("asking for a token at " + endpoint.url("/token")))
        .noneMatch(line -> line.contains("t0ken") || line.contains("cret"));
  }
}
