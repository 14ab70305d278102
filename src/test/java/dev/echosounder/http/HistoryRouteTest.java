package dev.echosounder.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.PastResult;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbeHistory;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.Settings.Role;
import dev.echosounder.settings.TargetId;
import dev.echosounder.testing.SettingsFixture;
import dev.echosounder.testing.TestResult;
import dev.echosounder.testing.TestSettings;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoryRouteTest {

  private static final TargetId PLAIN = new TargetId("http://plain/", Optional.empty(), Map.of());
  private static final TargetId FIRST = named("first");
  private static final TargetId SECOND = named("second");

  private final RunningHttp http =
      new RunningHttp(SettingsFixture.withTargets(PLAIN, FIRST, SECOND));
  private final WebClient client = WebClient.create(http.vertx);

  private static TargetId named(String name) {
    return new TargetId("http://twin/", Optional.of(name), Map.of());
  }

  @AfterEach
  void stop() {
    http.close();
  }

  private HttpResponse<Buffer> ask(HttpMethod method, String path) {
    return Waiting.on(client.request(method, http.port(), "127.0.0.1", path).send());
  }

  private AtomicReference<ProbeHistory> answer(ProbeHistory.OfTarget... targets) {
    AtomicReference<ProbeHistory> asked = new AtomicReference<>();
    http.bus.answer(
        Address.PROBE_HISTORY,
        question -> {
          asked.set(question);
          return Future.succeededFuture(new ProbeHistory.Kept(List.of(targets)));
        });
    return asked;
  }

  private static PastResult past(long number, Reason reason, OptionalInt status) {
    return PastResult.of(
        number,
        TestResult.of(
            PLAIN,
            Instant.parse("2026-11-21T18:00:00.123456Z"),
            Duration.ofNanos(41_700_499),
            reason,
            status,
            Map.of(Phase.CONNECT, Duration.ofNanos(9_800_000)),
            Map.of()),
        reason == Reason.OK);
  }

  @Test
  void each_result_is_shown_as_on_queryurl_and_what_was_tried_again_is_marked() {
    answer(
        new ProbeHistory.OfTarget(
            PLAIN,
            List.of(
                past(1, Reason.TIMEOUT, OptionalInt.empty()),
                past(0, Reason.OK, OptionalInt.of(200)))));

    assertThat(ask(HttpMethod.GET, "/history?url=http://plain/").bodyAsString())
        .isEqualTo(
            """
            {"status":"ok","response":{"http://plain/":{"results":[\
            {"status_code":null,"up":0,"response_time_in_ms":41.7,"reason":"timeout",\
            "phases_in_ms":{"connect":9.8},"checked_at":"2026-11-21T18:00:00.123Z",\
            "final":false},\
            {"status_code":200,"up":1,"response_time_in_ms":41.7,"reason":"ok",\
            "phases_in_ms":{"connect":9.8},"checked_at":"2026-11-21T18:00:00.123Z"}]}}}""");
  }

  @Test
  void targets_of_one_url_are_shown_by_their_names() {
    AtomicReference<ProbeHistory> asked =
        answer(
            new ProbeHistory.OfTarget(FIRST, List.of()),
            new ProbeHistory.OfTarget(SECOND, List.of()));

    JsonObject response =
        ask(HttpMethod.GET, "/history?url=http://twin/")
            .bodyAsJsonObject()
            .getJsonObject("response");

    assertThat(asked.get())
        .isEqualTo(new ProbeHistory(Optional.empty(), Optional.of("http://twin/")));
    assertThat(response.encode())
        .isEqualTo(
            """
            {"first":{"name":"first","results":[]},"second":{"name":"second","results":[]}}""");
  }

  @Test
  void an_unknown_target_is_not_found_and_none_at_all_is_a_bad_request() {
    answer();

    HttpResponse<Buffer> unknown = ask(HttpMethod.GET, "/history?name=nope");
    HttpResponse<Buffer> none = ask(HttpMethod.GET, "/history");

    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.bodyAsJsonObject().getString("error")).isEqualTo("not_found");
    assertThat(none.statusCode()).isEqualTo(400);
    assertThat(none.bodyAsJsonObject().getString("message")).contains("?name=");
  }

  @Test
  void head_answers_the_length_alone_and_other_methods_are_told_what_is_allowed() {
    answer(new ProbeHistory.OfTarget(FIRST, List.of()));

    HttpResponse<Buffer> head = ask(HttpMethod.HEAD, "/history?name=first");
    HttpResponse<Buffer> post = ask(HttpMethod.POST, "/history?name=first");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(Integer.parseInt(head.getHeader("Content-Length"))).isPositive();
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.getHeader("Allow")).isEqualTo("GET, HEAD");
    assertThat(http.counted()).isEmpty();
  }

  @Test
  void without_an_answer_of_the_prober_it_is_unavailable() {
    assertThat(ask(HttpMethod.GET, "/history?name=first").statusCode()).isEqualTo(503);
  }

  @Test
  void an_instance_without_a_prober_says_where_to_ask() {
    try (RunningHttp echoOnly = new RunningHttp(new TestSettings().roles(Role.ECHO).build())) {
      HttpResponse<Buffer> response =
          Waiting.on(
              WebClient.create(echoOnly.vertx)
                  .get(echoOnly.port(), "127.0.0.1", "/history?name=first")
                  .send());

      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.bodyAsJsonObject().getString("message")).contains("roles include prober");
    }
  }
}
