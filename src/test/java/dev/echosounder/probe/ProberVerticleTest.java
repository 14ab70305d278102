package dev.echosounder.probe;

import static dev.echosounder.testing.ScriptedTarget.answer;
import static dev.echosounder.testing.ScriptedTarget.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.Nothing;
import dev.echosounder.bus.ProbeAnswers;
import dev.echosounder.bus.ProbeNow;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.ProberTotals;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.Target;
import dev.echosounder.settings.TargetId;
import dev.echosounder.settings.TargetUrl;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.TestSettings;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProberVerticleTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration TENTH = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.install(vertx);
  private final List<ProbeResult> results = new CopyOnWriteArrayList<>();
  private ScriptedTarget server;
  private String deployment;

  @BeforeEach
  void start() {
    server = ScriptedTarget.http(vertx).on("/up", answer(200, "")).on("/silent", silent());
    bus.listen(Address.PROBE_RESULTS, told -> results.addAll(told.verdicts()));
    deployment = Waiting.on(vertx.deployVerticle(new ProberVerticle("test")));
  }

  @AfterEach
  void stop() {
    Waiting.on(vertx.undeploy(deployment));
    await().untilAsserted(() -> assertThat(server.open()).isZero());
    Waiting.on(vertx.close());
  }

  private Target target(String path, Duration interval, Duration timeout) {
    TargetUrl url = TargetUrl.parse(server.url(path), Set.of("token"));
    TargetId id = new TargetId(url.shown(), Optional.of(path.substring(1)), Map.of());
    return new Target(id, url, Module.http2xx(), interval, timeout, Map.of());
  }

  private void configure(int concurrency, Target... targets) {
    bus.publish(
        Address.SETTINGS,
        new TestSettings().targets(List.of(targets)).concurrency(concurrency).build());
  }

  private Future<ProbeAnswers> ask(String name, Duration deadline) {
    return ask(new ProbeNow(Optional.of(name), Optional.empty(), deadline));
  }

  private Future<ProbeAnswers> ask(ProbeNow question) {
    return bus.request(Address.PROBE_NOW, question, PATIENCE);
  }

  private List<ProbeResult> resultsOf(String name) {
    return results.stream()
        .filter(result -> result.target().name().equals(Optional.of(name)))
        .toList();
  }

  private ProberTotals totals() {
    return Waiting.on(bus.request(Address.PROBER_TOTALS, Nothing.INSTANCE, PATIENCE));
  }

  @Test
  void it_answers_a_ping_and_has_no_targets_at_first() {
    assertThat(Waiting.on(bus.request(Address.PING.of("prober"), Nothing.INSTANCE, PATIENCE)))
        .isEqualTo(Nothing.INSTANCE);
    assertThat(
            Waiting.on(ask(new ProbeNow(Optional.empty(), Optional.empty(), PATIENCE))).answers())
        .isEmpty();
  }

  @Test
  void the_first_round_comes_at_once_then_each_interval() {
    configure(10, target("/up", TENTH, TENTH), target("/missing", HOUR, PATIENCE));

    await().untilAsserted(() -> assertThat(resultsOf("up")).hasSizeGreaterThan(3));
    await().untilAsserted(() -> assertThat(resultsOf("missing")).hasSize(1));
    assertThat(resultsOf("up")).allMatch(ProbeResult::up);
    assertThat(resultsOf("missing").get(0).reason()).isEqualTo(Reason.STATUS);
    assertThat(totals().lag().count()).isGreaterThan(4);
  }

  @Test
  void a_turn_that_finds_a_probe_in_flight_is_skipped_and_counted() {
    configure(10, target("/silent", TENTH, TENTH));

    await().untilAsserted(() -> assertThat(totals().skipped()).isPositive());
  }

  @Test
  void never_more_than_the_cap_run_and_who_waits_too_long_is_overload() {
    Target[] targets =
        IntStream.range(0, 6)
            .mapToObj(i -> target("/silent" + i, HOUR, Duration.ofMillis(500)))
            .toArray(Target[]::new);
    IntStream.range(0, 6).forEach(i -> server.on("/silent" + i, silent()));
    configure(2, targets);

    await().untilAsserted(() -> assertThat(totals().inFlight()).isEqualTo(2));
    assertThat(server.open()).isLessThanOrEqualTo(2);
    await().untilAsserted(() -> assertThat(results).hasSize(6));
    assertThat(results)
        .extracting(ProbeResult::reason)
        .containsOnly(Reason.TIMEOUT, Reason.OVERLOAD)
        .contains(Reason.OVERLOAD);
    assertThat(totals().inFlight()).isZero();
  }

  @Test
  void probing_now_joins_what_is_in_flight_and_answers_in_the_order_of_the_configuration() {
    server.on("/slow", server.delayed(500, answer(200, "")));
    configure(10, target("/slow", HOUR, PATIENCE), target("/up", HOUR, PATIENCE));
    await().untilAsserted(() -> assertThat(server.accepted()).isEqualTo(2));
    await().untilAsserted(() -> assertThat(resultsOf("up")).hasSize(1));
    ProbeNow everything = new ProbeNow(Optional.empty(), Optional.empty(), PATIENCE);

    Future<ProbeAnswers> one = ask(everything);
    Future<ProbeAnswers> other = ask(everything);

    assertThat(Waiting.on(one).answers())
        .allMatch(answer -> !answer.stale() && answer.result().orElseThrow().up())
        .extracting(answer -> answer.target().display())
        .containsExactly("slow", "up");
    assertThat(Waiting.on(other).answers()).hasSize(2);
    assertThat(resultsOf("slow")).hasSize(1);
  }

  @Test
  void probing_now_narrows_by_name_and_by_url_as_configured_or_shown() {
    configure(10, target("/up?token=t", HOUR, PATIENCE), target("/missing", HOUR, PATIENCE));

    for (String url : List.of(server.url("/up?token=t"), server.url("/up?token=***"))) {
      assertThat(
              Waiting.on(ask(new ProbeNow(Optional.empty(), Optional.of(url), PATIENCE))).answers())
          .singleElement()
          .matches(answer -> answer.target().url().endsWith("token=***"));
    }
    assertThat(Waiting.on(ask("missing", PATIENCE)).answers()).hasSize(1);
    assertThat(Waiting.on(ask("nope", PATIENCE)).answers()).isEmpty();
  }

  @Test
  void past_the_deadline_the_newest_result_is_shown_as_stale() {
    configure(10, target("/up", HOUR, PATIENCE), target("/silent", HOUR, PATIENCE));
    await().untilAsserted(() -> assertThat(resultsOf("up")).hasSize(1));
    server.on("/up", silent());

    ProbeAnswers answers = Waiting.on(ask(new ProbeNow(Optional.empty(), Optional.empty(), TENTH)));

    assertThat(answers.answers()).allMatch(ProbeAnswers.Answer::stale);
    assertThat(answers.answers().get(0).result()).contains(resultsOf("up").get(0));
    assertThat(answers.answers().get(1).result()).isEmpty();
  }

  @Test
  void many_at_once_are_all_probed_and_nothing_is_left_behind() {
    Target[] targets =
        IntStream.range(0, 200)
            .mapToObj(i -> target("/up?" + i, HOUR, PATIENCE))
            .toArray(Target[]::new);
    configure(50, targets);

    ProbeAnswers answers =
        Waiting.on(ask(new ProbeNow(Optional.empty(), Optional.empty(), PATIENCE)));

    assertThat(answers.answers()).hasSize(200).noneMatch(ProbeAnswers.Answer::stale);
    // A first turn that came before the question is joined by it, and one after it is skipped where
    // the probe still runs.
    assertThat(results.size() + totals().skipped()).isBetween(200L, 2L * 200);
    await().untilAsserted(() -> assertThat(totals().inFlight()).isZero());
    await().untilAsserted(() -> assertThat(server.open()).isZero());
  }

  @Test
  void a_reload_touches_only_what_changed() {
    Target up = target("/up", HOUR, PATIENCE);
    Target silent = target("/silent", HOUR, PATIENCE);
    configure(10, up, silent, target("/missing", HOUR, PATIENCE));
    await().untilAsserted(() -> assertThat(server.accepted()).isEqualTo(3));
    await().untilAsserted(() -> assertThat(results).hasSize(2));

    configure(10, up, silent, target("/missing", HOUR, TENTH), target("/new", HOUR, PATIENCE));

    await().untilAsserted(() -> assertThat(resultsOf("missing")).hasSize(2));
    await().untilAsserted(() -> assertThat(resultsOf("new")).hasSize(1));
    assertThat(resultsOf("up")).hasSize(1);
    assertThat(server.open()).isEqualTo(1);
    assertThat(totals().inFlight()).isEqualTo(1);
  }

  @Test
  void a_removed_target_is_let_go_and_its_late_result_dropped() {
    configure(10, target("/silent", HOUR, PATIENCE));
    await().untilAsserted(() -> assertThat(server.requests()).hasSize(1));
    Future<ProbeAnswers> waiting = ask("silent", PATIENCE);

    configure(10, target("/up", HOUR, PATIENCE));

    assertThat(Waiting.on(waiting).answers()).isEmpty();
    await().untilAsserted(() -> assertThat(resultsOf("up")).hasSize(1));
    await().untilAsserted(() -> assertThat(server.open()).isZero());
    assertThat(results).hasSize(1);
    assertThat(totals().inFlight()).isZero();
  }

  @Test
  void after_its_end_nothing_is_probed() {
    configure(10, target("/up", TENTH, TENTH), target("/silent", HOUR, PATIENCE));
    await().untilAsserted(() -> assertThat(resultsOf("up")).hasSizeGreaterThan(1));

    Waiting.on(vertx.undeploy(deployment));

    await().untilAsserted(() -> assertThat(server.open()).isZero());
    int accepted = server.accepted();
    Waiting.on(vertx.timer(500));
    assertThat(server.accepted()).isEqualTo(accepted);
    deployment = Waiting.on(vertx.deployVerticle(new ProberVerticle("test")));
  }
}
