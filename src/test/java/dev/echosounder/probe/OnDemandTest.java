package dev.echosounder.probe;

import static dev.echosounder.testing.ScriptedTarget.answer;
import static dev.echosounder.testing.ScriptedTarget.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.Nothing;
import dev.echosounder.bus.ProbeOnce;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.ProberTotals;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.AddressFilter;
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
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Probes of {@code /probe}: who asks for them leaves the schedule alone. */
class OnDemandTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LONG = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.install(vertx);
  private final List<ProbeResult> scheduled = new CopyOnWriteArrayList<>();
  private ScriptedTarget server;
  private String deployment;

  @BeforeEach
  void start() {
    server = ScriptedTarget.http(vertx).on("/up", answer(200, "")).otherwise(silent());
    bus.listen(Address.PROBE_RESULTS, told -> scheduled.addAll(told.verdicts()));
    deployment = Waiting.on(vertx.deployVerticle(new ProberVerticle("test")));
  }

  @AfterEach
  void stop() {
    Waiting.on(vertx.undeploy(deployment));
    await().untilAsserted(() -> assertThat(server.open()).isZero());
    Waiting.on(vertx.close());
  }

  private void configure(int concurrency, Target... targets) {
    bus.publish(
        Address.SETTINGS,
        new TestSettings().targets(List.of(targets)).concurrency(concurrency).build());
  }

  private Target target(String path, Duration interval, Duration timeout) {
    TargetUrl url = TargetUrl.parse(server.url(path), Set.of("token"));
    return new Target(
        new TargetId(url.shown(), Optional.empty(), Map.of()),
        url,
        Module.http2xx(),
        interval,
        timeout,
        Map.of());
  }

  private Future<ProbeOnce.Report> probe(String path, Duration timeout) {
    return probe(path, timeout, false);
  }

  private Future<ProbeOnce.Report> probe(String path, Duration timeout, boolean debug) {
    return bus.request(
        Address.PROBE_ONCE,
        new ProbeOnce(
            UUID.randomUUID().toString(),
            target(path, timeout, timeout),
            AddressFilter.ANY,
            debug,
            Optional.empty()),
        PATIENCE);
  }

  private ProberTotals totals() {
    return Waiting.on(bus.request(Address.PROBER_TOTALS, Nothing.INSTANCE, PATIENCE));
  }

  @Test
  void the_same_question_at_the_same_time_is_one_probe() {
    configure(40);

    List<Future<ProbeOnce.Report>> callers =
        IntStream.range(0, 50).mapToObj(i -> probe("/silent", Duration.ofSeconds(1))).toList();

    List<ProbeOnce.Report> reports = Waiting.on(Future.all(callers)).list();
    assertThat(reports).allMatch(report -> report.result().reason() == Reason.TIMEOUT);
    assertThat(server.accepted()).isEqualTo(1);
    Waiting.on(probe("/up", LONG));
    Waiting.on(probe("/up", LONG));
    assertThat(server.accepted()).isEqualTo(3);
  }

  @Test
  void another_question_is_another_probe() {
    configure(40);
    Duration second = Duration.ofSeconds(1);

    Waiting.on(
        Future.all(
            List.of(
                probe("/silent", second),
                probe("/other", second),
                probe("/silent", second.plusMillis(1)),
                probe("/silent", second, true),
                probe("/silent", second, true),
                // Shown as one URL, but with other secrets.
                probe("/silent?token=a", second),
                probe("/silent?token=b", second))));

    assertThat(server.accepted()).isEqualTo(7);
  }

  @Test
  void they_get_a_quarter_of_all_slots() {
    configure(40);

    IntStream.range(0, 50).forEach(i -> probe("/silent" + i, LONG));

    await().until(() -> totals().inFlight() == 10);
    await().until(() -> server.open() == 10);
    Future<ProbeOnce.Report> late = probe("/late", Duration.ofMillis(200));
    assertThat(Waiting.on(late).result().reason()).isEqualTo(Reason.OVERLOAD);
    assertThat(totals().inFlight()).isEqualTo(10);
  }

  @Test
  void even_of_one_slot_they_get_one() {
    configure(1);

    assertThat(Waiting.on(probe("/up", LONG)).result().reason()).isEqualTo(Reason.OK);
  }

  @Test
  void callers_beyond_those_that_may_wait_are_refused_at_once_and_counted() {
    configure(4);
    List<Future<ProbeOnce.Report>> callers =
        IntStream.range(0, 100).mapToObj(i -> probe("/silent" + i, Duration.ofSeconds(2))).toList();

    await().until(() -> callers.stream().filter(Future::failed).count() == 36);
    assertThat(callers).filteredOn(Future::failed).allMatch(refused -> Bus.isBusy(refused.cause()));
    assertThat(totals().refused()).isEqualTo(36);

    Waiting.on(Future.join(callers).otherwiseEmpty());
    assertThat(Waiting.on(probe("/up", LONG)).result().reason()).isEqualTo(Reason.OK);
  }

  @Test
  void a_flood_of_them_leaves_the_schedule_on_time() {
    Duration round = Duration.ofSeconds(2);
    Target[] targets =
        IntStream.range(0, 40)
            .mapToObj(i -> target("/up?" + i, round, round))
            .toArray(Target[]::new);
    IntStream.range(0, 40).forEach(i -> server.on("/up?" + i, answer(200, "")));
    IntStream.range(0, 50).forEach(i -> server.on("/flood?" + i, answer(200, "")));
    configure(40, targets);
    await().until(() -> scheduled.size() >= 40);

    AtomicBoolean flooding = new AtomicBoolean(true);
    AtomicInteger asked = new AtomicInteger();
    IntStream.range(0, 50).forEach(i -> keepAsking(flooding, asked, "/stuck?" + i));
    IntStream.range(0, 50).forEach(i -> keepAsking(flooding, asked, "/flood?" + i));
    IntStream.range(0, 100).forEach(i -> keepAsking(flooding, asked, "/stuck"));

    int before = scheduled.size();
    await().until(() -> scheduled.size() >= before + 80);
    flooding.set(false);
    List<ProbeResult> during = scheduled.subList(before, before + 80);

    assertThat(during).allMatch(result -> result.reason() == Reason.OK);
    System.out.printf(
        "flood: %d questions, %d refused; %d scheduled probes began %.1f ms late on average%n",
        asked.get(),
        totals().refused(),
        totals().lag().count(),
        totals().lag().sumSeconds() * 1000 / totals().lag().count());
    assertThat(totals().skipped()).isZero();
  }

  private void keepAsking(AtomicBoolean flooding, AtomicInteger asked, String path) {
    if (flooding.get()) {
      asked.incrementAndGet();
      probe(path, LONG)
          .onComplete(
              end ->
                  // What is refused comes back at once, as one who does not read Retry-After.
                  vertx.setTimer(10, timer -> keepAsking(flooding, asked, path)));
    }
  }
}
