package dev.echosounder.probe;

import static dev.echosounder.testing.ScriptedTarget.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.Nothing;
import dev.echosounder.bus.PastResult;
import dev.echosounder.bus.ProbeAnswers;
import dev.echosounder.bus.ProbeHistory;
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
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a target may have beyond its module, through the whole prober. */
class TargetOptionsTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.install(vertx);
  private final List<ProbeResult> results = new CopyOnWriteArrayList<>();
  private final List<ProbeResult> retried = new CopyOnWriteArrayList<>();
  private ScriptedTarget server;

  @BeforeEach
  void start() {
    server = ScriptedTarget.http(vertx).on("/up", answer(200, "")).on("/down", answer(500, ""));
    bus.listen(
        Address.PROBE_RESULTS,
        told -> {
          results.addAll(told.verdicts());
          retried.addAll(told.retried());
        });
    Waiting.on(vertx.deployVerticle(new ProberVerticle("test")));
  }

  @AfterEach
  void stop() {
    Waiting.on(vertx.close());
  }

  private Target target(String path, Target.Options options) {
    return target(path, HOUR, options);
  }

  private Target target(String path, Duration interval, Target.Options options) {
    Duration timeout = options.intervalWhileDown().orElse(interval);
    TargetUrl url = TargetUrl.parse(server.url(path), Set.of());
    TargetId id = new TargetId(url.shown(), Optional.of(path.substring(1)), Map.of());
    return new Target(id, url, Module.http2xx(), interval, timeout, Map.of(), options);
  }

  private void configure(Target... targets) {
    bus.publish(Address.SETTINGS, new TestSettings().targets(List.of(targets)).build());
  }

  private static Target.Options noSlowerThan(Duration limit) {
    return new Target.Options(Optional.of(limit), 0, HOUR, Optional.empty(), false, false, true);
  }

  private static Target.Options retries(int count, Duration interval) {
    return new Target.Options(
        Optional.empty(), count, interval, Optional.empty(), false, false, true);
  }

  private static Target.Options whileDown(Duration interval) {
    return new Target.Options(Optional.empty(), 0, HOUR, Optional.of(interval), false, false, true);
  }

  private ProberTotals totals() {
    return Waiting.on(bus.request(Address.PROBER_TOTALS, Nothing.INSTANCE, PATIENCE));
  }

  private List<PastResult> history(String name) {
    ProbeHistory question = new ProbeHistory(Optional.of(name), Optional.empty());
    return Waiting.on(bus.request(Address.PROBE_HISTORY, question, PATIENCE))
        .targets()
        .get(0)
        .results();
  }

  @Test
  void a_good_answer_that_took_too_long_is_down_and_a_bad_one_keeps_its_reason() {
    configure(
        target("/up", noSlowerThan(Duration.ofNanos(1))),
        target("/down", noSlowerThan(Duration.ofNanos(1))));

    await().until(() -> results.size() == 2);

    assertThat(results)
        .extracting(ProbeResult::reason)
        .containsExactlyInAnyOrder(Reason.ASSERTION, Reason.STATUS);
    assertThat(results)
        .extracting(ProbeResult::statusCode)
        .containsExactlyInAnyOrder(OptionalInt.of(200), OptionalInt.of(500));
  }

  @Test
  void a_good_answer_within_its_limit_is_up() {
    configure(target("/up", noSlowerThan(PATIENCE)));

    await().until(() -> results.size() == 1);

    assertThat(results.get(0).up()).isTrue();
  }

  @Test
  void a_target_that_recovers_within_its_retries_never_was_down() {
    AtomicInteger asked = new AtomicInteger();
    server.on("/flaky", socket -> answer(asked.incrementAndGet() < 3 ? 500 : 200, "").play(socket));

    configure(target("/flaky", retries(5, Duration.ofMillis(10))));

    await().until(() -> results.size() == 1);
    assertThat(results.get(0).up()).isTrue();
    assertThat(retried).extracting(ProbeResult::reason).containsOnly(Reason.STATUS).hasSize(2);
    assertThat(history("flaky")).extracting(PastResult::isLast).containsExactly(true, false, false);
    assertThat(asked).hasValue(3);
  }

  @Test
  void a_target_that_fails_all_its_retries_is_down_once() {
    configure(target("/down", retries(3, Duration.ofMillis(10))));

    await().until(() -> results.size() == 1);

    assertThat(results.get(0).reason()).isEqualTo(Reason.STATUS);
    assertThat(retried).hasSize(3);
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void no_slot_is_held_between_two_attempts_and_the_next_turn_is_skipped() {
    configure(target("/down", Duration.ofMillis(200), retries(1, HOUR)));

    await().until(() -> retried.size() == 1);
    await().until(() -> totals().inFlight() == 0);
    await().until(() -> totals().skipped() > 1);

    assertThat(server.requests()).hasSize(1);
    assertThat(results).isEmpty();
  }

  @Test
  void a_reload_ends_a_retry_that_waits() {
    configure(target("/down", retries(1, HOUR)));
    await().until(() -> retried.size() == 1);
    ProbeNow question = new ProbeNow(Optional.of("down"), Optional.empty(), HOUR);
    Future<ProbeAnswers> waiting = bus.request(Address.PROBE_NOW, question, HOUR);

    configure(target("/up", Target.Options.DEFAULT));

    assertThat(Waiting.on(waiting).answers()).isEmpty();
    await().until(() -> results.size() == 1);
    assertThat(results.get(0).up()).isTrue();
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void a_reload_that_changes_how_a_target_is_probed_keeps_its_history() {
    configure(target("/up", Target.Options.DEFAULT));
    await().until(() -> results.size() == 1);

    configure(target("/up", noSlowerThan(PATIENCE)));

    await().until(() -> results.size() == 2);
    assertThat(history("up")).hasSize(2);
  }

  @Test
  void a_target_is_probed_at_the_other_interval_as_long_as_it_is_down() {
    AtomicInteger asked = new AtomicInteger();
    server.on("/ill", socket -> answer(asked.incrementAndGet() < 4 ? 500 : 200, "").play(socket));

    configure(target("/ill", whileDown(Duration.ofMillis(200))));

    await().until(() -> results.stream().anyMatch(ProbeResult::up));
    int taken = results.size();
    assertThat(taken).isGreaterThanOrEqualTo(4);
    Waiting.on(vertx.timer(1000));
    assertThat(results).hasSize(taken);
  }
}
