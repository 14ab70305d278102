package dev.echosounder.protocol;

import static dev.echosounder.testing.ScriptedTarget.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.re2j.Pattern;
import dev.echosounder.bus.Measure;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.dial.Timeline;
import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.HttpOptions.Checks;
import dev.echosounder.settings.HttpOptions.HeaderMatch;
import dev.echosounder.settings.HttpOptions.TlsUse;
import dev.echosounder.settings.JsonCondition;
import dev.echosounder.settings.StatusCodes;
import dev.echosounder.testing.Authority;
import dev.echosounder.testing.Probing;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
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

class HttpChecksTest {

  private static final List<Pattern> NONE = List.of();

  private final Vertx vertx = Vertx.vertx();
  private final Timeline timeline = Timeline.on();
  private ScriptedTarget server;
  private Probing probing;

  @BeforeEach
  void start() throws Exception {
    server = ScriptedTarget.http(vertx);
    probing = new Probing(vertx, Optional.empty());
  }

  @AfterEach
  void every_connection_is_closed() {
    await().untilAsserted(() -> assertThat(server.open()).isZero());
    await().until(HttpChecksTest::noWorkerIsBusy);
    Waiting.on(vertx.close());
  }

  // One that ends after its event loop has no one to tell.
  private static boolean noWorkerIsBusy() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .noneMatch(frame -> frame.getClassName().equals("io.vertx.core.impl.WorkerTask"));
  }

  private ProbeResult probe(Checks checks) {
    return probing.probe(
        Probing.target(server.url("/"), HttpOptions.DEFAULT.with(checks), Probing.LONG, Map.of()),
        AddressFilter.ANY,
        timeline);
  }

  private ProbeResult answered(Checks checks, String body, String... headers) {
    server.on("/", answer(200, body, headers));
    return probe(checks);
  }

  private static Checks body(List<Pattern> matches, List<Pattern> notMatches) {
    Checks all = Checks.DEFAULT;
    return new Checks(
        all.statusCodes(),
        all.versions(),
        all.tls(),
        matches,
        notMatches,
        all.jsonMatches(),
        all.jsonNotMatches(),
        all.headerMatches(),
        all.headerNotMatches());
  }

  private static Checks headers(List<HeaderMatch> matches, List<HeaderMatch> notMatches) {
    Checks all = Checks.DEFAULT;
    return new Checks(
        all.statusCodes(),
        all.versions(),
        all.tls(),
        NONE,
        NONE,
        all.jsonMatches(),
        all.jsonNotMatches(),
        matches,
        notMatches);
  }

  private static Checks json(Optional<String> matches, Optional<String> notMatches) {
    Checks all = Checks.DEFAULT;
    return new Checks(
        all.statusCodes(),
        all.versions(),
        all.tls(),
        NONE,
        NONE,
        matches.map(JsonCondition::parse),
        notMatches.map(JsonCondition::parse),
        List.of(),
        List.of());
  }

  private static Checks over(Set<String> versions, TlsUse tls) {
    return new Checks(
        StatusCodes.SUCCESSFUL,
        versions,
        tls,
        NONE,
        NONE,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static List<Pattern> patterns(String... texts) {
    return List.of(texts).stream().map(Pattern::compile).toList();
  }

  private static HeaderMatch header(String name, String pattern, boolean allowMissing) {
    return new HeaderMatch(name, Pattern.compile(pattern), allowMissing);
  }

  private void assertAssertion(ProbeResult result, Measure flag, String explanation) {
    assertThat(result.reason()).isEqualTo(Reason.ASSERTION);
    assertThat(result.measures()).containsEntry(flag, 1.0);
    assertThat(timeline.lines()).last().asString().contains("failed: ").endsWith(explanation);
  }

  @Test
  void any_status_of_a_range_is_up_and_those_beside_it_are_not() {
    StatusCodes range = StatusCodes.of(List.of(new StatusCodes.Range(400, 404)));
    server.on("/", answer(404, ""));
    assertThat(probe(Checks.withCodes(range)).reason()).isEqualTo(Reason.OK);

    server.on("/", answer(405, ""));
    assertThat(probe(Checks.withCodes(range)).reason()).isEqualTo(Reason.STATUS);
  }

  @Test
  void a_body_in_which_a_forbidden_pattern_is_found_is_an_assertion() {
    ProbeResult result = answered(body(patterns("nothing", "b.d"), NONE), "all is bad today");

    assertAssertion(result, Measure.FAILED_DUE_TO_REGEX, "the body matches b.d");
  }

  @Test
  void a_body_in_which_a_required_pattern_is_missing_is_an_assertion() {
    ProbeResult result = answered(body(NONE, patterns("good", "^today")), "all is good today");

    assertAssertion(result, Measure.FAILED_DUE_TO_REGEX, "the body does not match ^today");
  }

  @Test
  void a_body_that_is_as_asked_is_up_and_no_regex_failed() {
    ProbeResult result =
        answered(body(patterns("bad"), patterns("good", "(?i)TODAY$")), "all is good today");

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.measures()).containsEntry(Measure.FAILED_DUE_TO_REGEX, 0.0);
  }

  @Test
  void an_empty_body_is_matched_too() {
    assertThat(answered(body(NONE, patterns("^$")), "").reason()).isEqualTo(Reason.OK);
    assertThat(answered(body(NONE, patterns(".")), "").reason()).isEqualTo(Reason.ASSERTION);
  }

  @Test
  void bytes_that_are_not_utf_8_hide_nothing_behind_them() {
    String latin1 = "caf\u00e9 is \u00ff\u00fe open";

    assertThat(answered(body(NONE, patterns("is .. open")), latin1).reason()).isEqualTo(Reason.OK);
  }

  @Test
  void letters_of_several_bytes_are_one_character() {
    String utf8 = "h\u00c3\u00a4user"; // its bytes as ISO 8859-1

    assertThat(answered(body(NONE, patterns("^h\u00e4user$", "^h.user$")), utf8).reason())
        .isEqualTo(Reason.OK);
  }

  @Test
  void a_regex_that_would_hang_other_engines_does_not() {
    ProbeResult result = answered(body(NONE, patterns("^(a+)+$")), "a".repeat(20_000) + "!");

    assertThat(result.reason()).isEqualTo(Reason.ASSERTION);
  }

  @Test
  void where_no_regex_is_configured_none_is_reported() {
    assertThat(answered(Checks.DEFAULT, "hello").measures())
        .doesNotContainKeys(Measure.FAILED_DUE_TO_REGEX, Measure.FAILED_DUE_TO_CEL);
  }

  @Test
  void the_status_is_judged_before_the_body() {
    server.on("/", answer(500, "bad"));

    ProbeResult result = probe(body(patterns("bad"), NONE));

    assertThat(result.reason()).isEqualTo(Reason.STATUS);
    assertThat(result.measures()).containsEntry(Measure.FAILED_DUE_TO_REGEX, 0.0);
  }

  @Test
  void headers_are_judged_before_the_body() {
    Checks checks =
        new Checks(
            StatusCodes.SUCCESSFUL,
            Set.of(),
            TlsUse.EITHER,
            patterns("hello"),
            NONE,
            Optional.empty(),
            Optional.empty(),
            List.of(header("x-a", "1", true)),
            List.of());

    assertAssertion(
        answered(checks, "hello", "X-A: 1"),
        Measure.FAILED_DUE_TO_REGEX,
        "the header x-a matches 1");
  }

  @Test
  void any_value_of_a_header_that_matches_is_an_assertion() {
    ProbeResult result =
        answered(headers(List.of(header("X-A", "^b", false)), List.of()), "", "x-a: a", "X-a: b");

    assertAssertion(result, Measure.FAILED_DUE_TO_REGEX, "the header X-A matches ^b");
  }

  @Test
  void one_value_of_a_header_must_match() {
    Checks checks = headers(List.of(), List.of(header("X-A", "^b", false)));

    assertThat(answered(checks, "", "x-a: a", "X-a: b").reason()).isEqualTo(Reason.OK);
    assertAssertion(
        answered(checks, "", "x-a: a", "X-a: cb"),
        Measure.FAILED_DUE_TO_REGEX,
        "the header X-A does not match ^b");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_missing_header_is_an_assertion_unless_it_may_be_missing(boolean forbidden) {
    for (boolean allowed : List.of(true, false)) {
      List<HeaderMatch> one = List.of(header("X-A", "b", allowed));
      Checks checks = forbidden ? headers(one, List.of()) : headers(List.of(), one);

      assertThat(answered(checks, "").reason()).isEqualTo(allowed ? Reason.OK : Reason.ASSERTION);
    }
  }

  @ParameterizedTest
  @CsvSource({"5, false, true", "6, true, false"})
  void a_condition_of_json_is_forbidden_or_required(
      int count, boolean forbidden, boolean required) {
    Optional<String> condition = Optional.of("body.count == 5");
    String document = "{\"count\":" + count + "}";

    assertThat(answered(json(condition, Optional.empty()), document).up()).isEqualTo(forbidden);
    assertThat(answered(json(Optional.empty(), condition), document).up()).isEqualTo(required);
  }

  @Test
  void a_condition_that_fails_is_told() {
    assertAssertion(
        answered(json(Optional.of("body.a == 1"), Optional.empty()), "{\"a\":1}"),
        Measure.FAILED_DUE_TO_CEL,
        "the body satisfies body.a == 1");
    assertAssertion(
        answered(json(Optional.empty(), Optional.of("body.a == 2")), "{\"a\":1}"),
        Measure.FAILED_DUE_TO_CEL,
        "the body does not satisfy body.a == 2");
  }

  @Test
  void both_conditions_must_hold() {
    Checks both = json(Optional.of("body.a == 1"), Optional.of("body.b == 2"));

    assertThat(answered(both, "{\"a\":0,\"b\":2}").up()).isTrue();
    assertThat(answered(both, "{\"a\":1,\"b\":2}").up()).isFalse();
    assertThat(answered(both, "{\"a\":0,\"b\":3}").up()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "[1]", "{\"b\":1}", "{\"a\":\"x\"}"})
  void a_body_of_which_the_condition_has_no_value_is_an_assertion(String body) {
    for (Checks checks :
        List.of(
            json(Optional.of("body.a > 1"), Optional.empty()),
            json(Optional.empty(), Optional.of("body.a > 1")))) {
      ProbeResult result = answered(checks, body);
      assertThat(result.reason()).isEqualTo(Reason.ASSERTION);
      assertThat(result.measures()).containsEntry(Measure.FAILED_DUE_TO_CEL, 1.0);
    }
  }

  @Test
  void a_condition_that_holds_is_reported_as_one() {
    ProbeResult result = answered(json(Optional.empty(), Optional.of("body.a")), "{\"a\":true}");

    assertThat(result.measures())
        .containsEntry(Measure.FAILED_DUE_TO_CEL, 0.0)
        .doesNotContainKey(Measure.FAILED_DUE_TO_REGEX);
  }

  @Test
  void only_some_versions_are_up() {
    assertThat(answered(over(Set.of("HTTP/1.1"), TlsUse.EITHER), "").reason()).isEqualTo(Reason.OK);
    assertThat(answered(over(Set.of("HTTP/2.0", "HTTP/1.0"), TlsUse.EITHER), "").reason())
        .isEqualTo(Reason.ASSERTION);
  }

  @Test
  void tls_is_required_or_forbidden_of_the_last_hop() throws Exception {
    Authority authority = new Authority();
    Probing trusting = new Probing(vertx, Optional.of(authority.trusted()));
    HttpOptions required = HttpOptions.DEFAULT.with(over(Set.of(), TlsUse.REQUIRED));
    HttpOptions forbidden = HttpOptions.DEFAULT.with(over(Set.of(), TlsUse.FORBIDDEN));
    try (ScriptedTarget secure =
        ScriptedTarget.https(vertx, authority.issue("127.0.0.1")).on("/", answer(200, ""))) {
      server.on("/", answer(200, "")).on("/up", ScriptedTarget.redirect(301, secure.url("/")));

      assertThat(trusting.probe(server.url("/"), required).reason()).isEqualTo(Reason.ASSERTION);
      assertThat(trusting.probe(server.url("/up"), required).reason()).isEqualTo(Reason.OK);
      assertThat(trusting.probe(server.url("/"), forbidden).reason()).isEqualTo(Reason.OK);
      assertThat(trusting.probe(server.url("/up"), forbidden).reason()).isEqualTo(Reason.ASSERTION);
    }
  }

  @Test
  void checks_that_take_longer_than_the_deadline_are_a_timeout() {
    String numbers = "1,".repeat(900) + "1";
    Checks endless = json(Optional.empty(), Optional.of("body.a.all(x, body.a.all(y, x == y))"));
    server.on("/", answer(200, "{\"a\":[" + numbers + "]}"));

    ProbeResult result =
        probing.probe(
            Probing.target(
                server.url("/"),
                HttpOptions.DEFAULT.with(endless),
                Duration.ofMillis(150),
                Map.of()),
            AddressFilter.ANY);

    assertThat(result.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(result.measures()).doesNotContainKey(Measure.FAILED_DUE_TO_CEL);
  }
}
