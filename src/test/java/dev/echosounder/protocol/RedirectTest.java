package dev.echosounder.protocol;

import static dev.echosounder.testing.ScriptedTarget.answer;
import static dev.echosounder.testing.ScriptedTarget.redirect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.dial.Timeline;
import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.Network;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.Target;
import dev.echosounder.settings.TargetUrl;
import dev.echosounder.testing.Authority;
import dev.echosounder.testing.Probing;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTest {

  private final Vertx vertx = Vertx.vertx();
  private ScriptedTarget server;
  private ScriptedTarget other;
  private Probing probing;

  @BeforeEach
  void start() throws Exception {
    server = ScriptedTarget.http(vertx);
    other = ScriptedTarget.http(vertx).on("/", answer(200, "other"));
    probing = new Probing(vertx, Optional.empty());
  }

  @AfterEach
  void stop() {
    Waiting.on(vertx.close());
  }

  @Test
  void a_chain_is_followed_and_counted_each_hop_on_its_own_connection() {
    server
        .on("/a", redirect(301, "/b"))
        .on("/b", redirect(307, "c?x=1"))
        .on("/c?x=1", answer(200, "end"));

    ProbeResult result = probing.probe(server.url("localhost", "/a"));

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.measures()).containsEntry(Measure.HTTP_REDIRECTS, 2.0);
    assertThat(result.phases()).containsKey(Phase.RESOLVE);
    assertThat(server.accepted()).isEqualTo(3);
  }

  @Test
  void eleven_redirects_are_one_too_many() {
    for (int i = 0; i < 10; i++) {
      server.on("/" + i, redirect(302, "/" + (i + 1)));
    }
    server.on("/10", answer(200, "")).on("/start", redirect(302, "/0"));

    assertThat(probing.probe(server.url("/0")).reason()).isEqualTo(Reason.OK);
    assertThat(probing.probe(server.url("/start")).reason()).isEqualTo(Reason.REDIRECT);
  }

  @Test
  void a_loop_ends() {
    server.on("/", redirect(302, "/"));

    ProbeResult result = probing.probe(server.url("/"));

    assertThat(result.reason()).isEqualTo(Reason.REDIRECT);
    assertThat(result.statusCode()).hasValue(302);
    assertThat(result.measures()).containsEntry(Measure.HTTP_REDIRECTS, 11.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://127.0.0.1/", "mailto:a@b", "http://", "http://[", "http://:0/"})
  void a_location_that_is_no_http_url_leads_nowhere(String location) {
    server.on("/", redirect(302, location));

    assertThat(probing.probe(server.url("/")).reason()).isEqualTo(Reason.REDIRECT);
  }

  @Test
  void a_redirect_without_location_leads_nowhere() {
    server.on("/", answer(302, ""));

    assertThat(probing.probe(server.url("/")).reason()).isEqualTo(Reason.REDIRECT);
  }

  @Test
  void a_redirect_without_location_is_an_answer_where_its_status_is_good() {
    server.on("/", answer(302, "found"));
    HttpOptions good = Probing.http("GET", Map.of(), Optional.empty(), List.of(302), true);

    ProbeResult result = probing.probe(server.url("/"), good);

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.measures())
        .containsEntry(Measure.HTTP_REDIRECTS, 0.0)
        .containsEntry(Measure.HTTP_UNCOMPRESSED_BODY_LENGTH, 5.0);
  }

  @Test
  void an_unfollowed_redirect_is_counted() {
    server.on("/", redirect(302, "/x"));
    HttpOptions unfollowed = Probing.http("GET", Map.of(), Optional.empty(), List.of(302), false);

    assertThat(probing.probe(server.url("/"), unfollowed).measures())
        .containsEntry(Measure.HTTP_REDIRECTS, 1.0);
  }

  @Test
  void cookies_are_kept_over_redirects_and_for_one_probe() {
    server
        .on("/", answer(302, "", "Location: /next", "Set-Cookie: session=1; Path=/"))
        .on("/next", answer(302, "", "Location: " + other.url("localhost", "/")));
    Map<String, Secret> headers = Map.of("Cookie", new Secret("own=0"));
    Target target = Probing.target(server.url("/"), HttpOptions.DEFAULT, Probing.LONG, headers);

    probing.probe(target, AddressFilter.ANY);
    probing.probe(server.url("/"));

    assertThat(server.requests().get(0)).containsIgnoringCase("cookie: own=0\r\n");
    assertThat(server.requests().get(1)).containsIgnoringCase("cookie: own=0; session=1\r\n");
    assertThat(other.requests().get(0)).doesNotContainIgnoringCase("cookie");
    assertThat(server.requests().get(2)).doesNotContainIgnoringCase("cookie");
  }

  @Test
  void the_timeline_tells_each_stage_and_no_secret() {
    server
        .on("/?token=s3cret&a=b", redirect(302, "/next?code=s3cret"))
        .on("/next?code=s3cret", redirect(307, other.url("u:s3cret@127.0.0.1", "/")));
    Timeline timeline = Timeline.on();
    TargetUrl url =
        TargetUrl.parse(server.url("u:s3cret@127.0.0.1", "/?token=s3cret&a=b"), Set.of("token"));
    Target plain = Probing.target(server.url("/"));
    Target target =
        new Target(
            plain.id(),
            url,
            plain.module(),
            plain.interval(),
            plain.timeout(),
            Map.of("X-Key", new Secret("s3cret")));

    probing.probe(target, AddressFilter.ANY, timeline);

    String told = String.join("\n", timeline.lines());
    assertThat(told)
        .contains("GET http://***@127.0.0.1:" + server.port() + "/?token=***&a=b")
        .contains("302 over HTTP/1.1")
        .contains("redirected to " + server.url("/next?code=***"))
        .contains("redirected to " + other.url("/"))
        .contains("200 over HTTP/1.1, body 5")
        .doesNotContain("s3cret");
  }

  @Test
  void a_host_header_and_a_server_name_are_for_the_targets_own_host() throws Exception {
    Authority authority = new Authority();
    Probing trusting = new Probing(vertx, Optional.of(authority.trusted()));
    Map<String, Secret> headers = Map.of("Host", new Secret("virtual.example:99"));
    try (ScriptedTarget virtual = ScriptedTarget.https(vertx, authority.issue("virtual.example"));
        ScriptedTarget elsewhere = ScriptedTarget.https(vertx, authority.issue("localhost"))) {
      virtual.on("/", redirect(302, elsewhere.url("localhost", "/")));
      elsewhere.on("/", answer(200, ""));
      HttpOptions.Client direct = HttpOptions.Client.DEFAULT;
      HttpOptions named =
          HttpOptions.DEFAULT.with(direct.with(direct.tls().withServerName("virtual.example")));

      assertThat(trusting.probe(virtual.url("/")).reason()).isEqualTo(Reason.TLS_HOSTNAME);
      assertThat(trusting.probe(virtual.url("/"), named).reason()).isEqualTo(Reason.OK);
      assertThat(
              trusting
                  .probe(
                      Probing.target(virtual.url("/"), HttpOptions.DEFAULT, Probing.LONG, headers),
                      AddressFilter.ANY)
                  .reason())
          .isEqualTo(Reason.OK);
    }
  }

  @Test
  void an_unfollowed_redirect_is_judged_as_it_is() {
    server.on("/", redirect(302, "/x"));
    HttpOptions unfollowed = Probing.http("GET", Map.of(), Optional.empty(), List.of(302), false);

    assertThat(probing.probe(server.url("/"), unfollowed).reason()).isEqualTo(Reason.OK);
    assertThat(server.accepted()).isEqualTo(1);
  }

  @Test
  void other_3xx_codes_are_no_redirects() {
    server.on("/", answer(304, "", "Location: /x"));

    assertThat(probing.probe(server.url("/")).statusCode()).hasValue(304);
  }

  @Test
  void each_hop_is_checked_like_the_first() {
    server.on("/", redirect(302, "http://127.0.0.2:" + other.port() + "/"));
    AddressFilter filter = new AddressFilter(List.of(), List.of(Network.parse("127.0.0.2")));

    ProbeResult result = probing.probe(Probing.target(server.url("/")), filter);

    assertThat(result.reason()).isEqualTo(Reason.BLOCKED);
    assertThat(other.accepted()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "301, POST, GET",
    "302, POST, GET",
    "303, POST, GET",
    "307, POST, POST",
    "308, POST, POST",
    "301, PUT, GET",
    "302, DELETE, GET",
    "302, HEAD, HEAD",
    "303, PUT, GET",
    "303, HEAD, HEAD"
  })
  void the_method_is_kept_or_becomes_get(int status, String before, String after) {
    server.on("/", redirect(status, "/next")).on("/next", answer(200, ""));
    Optional<Secret> body =
        before.equals("HEAD") ? Optional.empty() : Optional.of(new Secret("payload"));
    Map<String, Secret> headers = Map.of("Content-Type", new Secret("text/plain"));

    probing.probe(server.url("/"), Probing.http(before, headers, body, List.of(), true));

    String request = server.requests().get(1);
    assertThat(request).startsWith(after + " /next ");
    assertThat(request.contains("payload") && request.contains("text/plain"))
        .isEqualTo(!after.equals("GET") && !after.equals("HEAD"));
  }

  @Test
  void credentials_and_configured_headers_stay_within_the_origin() {
    server
        .on("/", redirect(302, "/same"))
        .on("/same", redirect(302, other.url("user2:pass2@127.0.0.1", "/")));
    Map<String, Secret> headers =
        Map.of(
            "X-Api-Key", new Secret("hidden"),
            "Cookie", new Secret("hidden"),
            "Host", new Secret("virtual.example"),
            "User-Agent", new Secret("me/1"));
    Target target =
        Probing.target(
            server.url("user:pass@127.0.0.1", "/"), HttpOptions.DEFAULT, Probing.LONG, headers);

    assertThat(probing.probe(target, AddressFilter.ANY).reason()).isEqualTo(Reason.OK);

    assertThat(server.requests())
        .hasSize(2)
        .allSatisfy(
            request ->
                assertThat(request)
                    .containsIgnoringCase("authorization: Basic dXNlcjpwYXNz\r\n")
                    .containsIgnoringCase("x-api-key: hidden")
                    .containsIgnoringCase("host: virtual.example\r\n"));
    assertThat(other.requests().get(0))
        .doesNotContainIgnoringCase("authorization")
        .doesNotContain("hidden")
        .containsIgnoringCase("user-agent: me/1")
        .containsIgnoringCase("host: 127.0.0.1:" + other.port());
  }

  @Test
  void a_body_is_not_taken_to_another_origin() {
    server.on("/", redirect(307, other.url("/")));
    HttpOptions post =
        Probing.http("POST", Map.of(), Optional.of(new Secret("secret")), List.of(), true);

    assertThat(probing.probe(server.url("/"), post).reason()).isEqualTo(Reason.REDIRECT);
    assertThat(other.accepted()).isZero();
  }
}
