package dev.echosounder.probe;

import dev.echosounder.bus.ProbeAnswers;
import dev.echosounder.bus.ProbeHistory;
import dev.echosounder.bus.ProbeNow;
import dev.echosounder.bus.ProbeOnce;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.ProbeResults;
import dev.echosounder.bus.ProberTotals;
import dev.echosounder.dial.Deadline;
import dev.echosounder.protocol.Probers;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.TargetId;
import dev.echosounder.tracing.ProbeSpans;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides which target is probed when: at its turns, and when somebody asks; never twice at once.
 * Used on one event loop only.
 */
final class Control {

  private final Vertx vertx;
  private final int most;
  private final Announcer announcer;
  private final Roster roster = new Roster();
  private final Launcher launcher;
  private final Errands errands;
  private final Ticker ticker;
  private final Lag lag = new Lag();
  private long skipped;

  /**
   * @param spans of the attempts
   * @param most how many probes may run at once, whatever is configured
   * @param onResults called with the results of targets that are in force, some milliseconds after
   *     they came and before anything here that is asked for is answered
   */
  Control(
      Vertx vertx, Probers probers, ProbeSpans spans, int most, Consumer<ProbeResults> onResults) {
    this.vertx = vertx;
    this.most = most;
    this.announcer = new Announcer(vertx, onResults);
    this.launcher = new Launcher(vertx, probers, spans);
    this.errands = new Errands(launcher);
    this.ticker = new Ticker(vertx, this::turn);
  }

  /** Puts a configuration in force. Targets that did not change do not notice. */
  void apply(Settings settings) {
    int concurrency = Math.min(settings.prober().concurrency(), most);
    launcher.limits(concurrency, settings.prober().dialable());
    errands.limit(concurrency);
    Roster.Change change = roster.apply(settings.targets(), settings.historyResults());
    change.gone().forEach(Watch::abort);
    ticker.change(change.gone(), change.fresh());
  }

  /**
   * Probes the targets asked for, joins the probes that are in flight already, and answers when all
   * are done or the deadline has passed; never fails.
   */
  Future<ProbeAnswers> probeNow(ProbeNow asked) {
    Map<Watch, Flight> flights = new LinkedHashMap<>();
    roster
        .matching(asked.name(), asked.url())
        .forEach(
            watch -> flights.put(watch, watch.flight().orElseGet(() -> launch(watch, () -> {}))));
    List<Future<ProbeResult>> results = flights.values().stream().map(Flight::result).toList();
    Deadline deadline = new Deadline(vertx, asked.deadline());
    return deadline
        .bound(Future.join(results))
        .onComplete(end -> deadline.end())
        .onComplete(end -> announcer.tell())
        .transform(end -> Future.succeededFuture(answers(flights)));
  }

  /** What is kept of the targets asked for. */
  ProbeHistory.Kept history(ProbeHistory asked) {
    announcer.tell();
    return new ProbeHistory.Kept(
        roster.matching(asked.name(), asked.url()).stream()
            .map(watch -> new ProbeHistory.OfTarget(watch.id(), watch.history().newestFirst()))
            .toList());
  }

  /**
   * Probes a target once that need not be configured; fails when everything is ended, and with
   * {@link dev.echosounder.bus.Busy} when too many ask.
   */
  Future<ProbeOnce.Report> probeOnce(ProbeOnce asked) {
    return errands.run(asked);
  }

  /** Ends such a probe. */
  void leave(ProbeOnce.Left left) {
    errands.leave(left);
  }

  ProberTotals totals() {
    announcer.tell();
    return new ProberTotals(launcher.running(), skipped, errands.refused(), lag.snapshot());
  }

  /** Ends everything that is under way; no result comes after this. */
  void stop() {
    announcer.tell();
    ticker.stop();
    errands.stop();
    roster.apply(List.of(), 0).gone().forEach(Watch::abort);
  }

  private void turn(TargetId id, long due) {
    Watch watch = roster.find(id).orElseThrow();
    if (watch.flight().isPresent()) {
      skipped++;
    } else {
      launch(watch, () -> lag.add((ticker.now() - due) / 1e9));
    }
  }

  private Flight launch(Watch watch, Runnable onStart) {
    Flight flight =
        new Attempts(vertx, launcher, watch.target(), failed -> retry(watch, failed))
            .begin(onStart);
    watch.departed(flight);
    flight.result().onSuccess(result -> land(watch, result));
    return flight;
  }

  private void retry(Watch watch, ProbeResult failed) {
    if (roster.holds(watch)) {
      watch.retried(failed);
      announcer.retried(failed);
    }
  }

  private void land(Watch watch, ProbeResult result) {
    if (roster.holds(watch)) {
      watch.landed(result);
      ticker.pace(watch.id(), watch.interval());
      announcer.verdict(result);
    }
  }

  private ProbeAnswers answers(Map<Watch, Flight> flights) {
    return new ProbeAnswers(
        flights.entrySet().stream()
            .flatMap(entry -> answer(entry.getKey(), entry.getValue()).stream())
            .toList());
  }

  // A reload may have removed or replaced the target meanwhile.
  private Optional<ProbeAnswers.Answer> answer(Watch watch, Flight flight) {
    return roster
        .find(watch.id())
        .map(
            current -> {
              boolean done = current == watch && flight.result().isComplete();
              Optional<ProbeResult> result =
                  done ? Optional.of(flight.result().result()) : current.newest();
              return new ProbeAnswers.Answer(watch.id(), result, !done);
            });
  }
}
