package dev.echosounder.probe;

import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.bus.TraceContext;
import dev.echosounder.dial.Deadline;
import dev.echosounder.dial.Findings;
import dev.echosounder.dial.Timeline;
import dev.echosounder.dial.Visit;
import dev.echosounder.protocol.Probers;
import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.Target;
import dev.echosounder.tracing.ProbeSpan;
import dev.echosounder.tracing.ProbeSpans;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;

/** Starts probes as slots come free. Used on one event loop only. */
final class Launcher {

  /** Probes on demand get at most this part of all slots. */
  private static final int ON_DEMAND_PART = 4;

  private final Vertx vertx;
  private final Probers probers;
  private final ProbeSpans spans;
  private final Slots slots;

  /**
   * Which of them may be taken on demand, so that whoever asks leaves the schedule most of them.
   */
  private final Slots onDemand;

  private AddressFilter dialable = AddressFilter.ANY;

  Launcher(Vertx vertx, Probers probers, ProbeSpans spans) {
    this.vertx = vertx;
    this.slots = new Slots(0, this::soon);
    this.onDemand = new Slots(0, this::soon);
    this.probers = probers;
    this.spans = spans;
  }

  /** Puts limits in force, for every probe that starts from now on. */
  void limits(int concurrency, AddressFilter newDialable) {
    dialable = newDialable;
    slots.limit(concurrency);
    onDemand.limit(Math.max(1, concurrency / ON_DEMAND_PART));
  }

  /** How many probes run; those that wait for a slot do not. */
  int running() {
    return slots.taken();
  }

  /**
   * Probes a target once. Waiting for a slot takes as long as the probe itself may at most, and
   * counts as {@link Reason#OVERLOAD} then.
   *
   * @param onStart called when the probe has its slot, if it gets one
   */
  Flight launch(Target target, Runnable onStart) {
    Promise<Void> abort = Promise.promise();
    Future<ProbeResult> result =
        slots.takeNow()
            ? run(target, onStart, abort.future())
            : whenFree(target, onStart, abort.future());
    return new Flight(result, abort::tryComplete);
  }

  private Future<ProbeResult> whenFree(Target target, Runnable onStart, Future<Void> abort) {
    Deadline patience = new Deadline(vertx, target.timeout());
    abort.onComplete(now -> patience.end());
    Findings waiting = new Findings(target.id(), target.module().protocol(), Timeline.off());
    return slots
        .take(patience)
        .onComplete(taken -> patience.end())
        .compose(
            taken ->
                taken
                    ? run(target, onStart, abort)
                    : Future.succeededFuture(waiting.conclude(Reason.OVERLOAD)));
  }

  /**
   * Probes a target once, for somebody who waits: the wait for a slot counts in the deadline too.
   *
   * @param further which addresses may be dialled, of those that may be anyway
   * @param parent where in a trace that somebody stands, if it says so
   */
  Flight launch(
      Target target, AddressFilter further, Timeline timeline, Optional<TraceContext> parent) {
    Deadline deadline = new Deadline(vertx, target.timeout());
    Findings waiting = new Findings(target.id(), target.module().protocol(), timeline);
    Future<ProbeResult> result =
        takeOnDemand(deadline)
            .compose(
                taken -> {
                  if (taken) {
                    return run(Visit.to(target, dialable.and(further), deadline, timeline), parent)
                        .onComplete(end -> onDemand.release());
                  }
                  waiting.note(() -> "no slot came free in time");
                  return Future.succeededFuture(waiting.conclude(Reason.OVERLOAD));
                });
    return new Flight(result, deadline::end);
  }

  /** Waits for the right to take one, then for one; gives back the right without one. */
  private Future<Boolean> takeOnDemand(Deadline patience) {
    return onDemand
        .take(patience)
        .compose(
            may ->
                may
                    ? slots
                        .take(patience)
                        .onSuccess(
                            taken -> {
                              if (!taken) {
                                onDemand.release();
                              }
                            })
                    : Future.succeededFuture(false));
  }

  private Future<ProbeResult> run(Target target, Runnable onStart, Future<Void> abort) {
    onStart.run();
    Deadline deadline = new Deadline(vertx, target.timeout());
    abort.onComplete(now -> deadline.end());
    return run(Visit.to(target, dialable, deadline, Timeline.off()), Optional.empty());
  }

  private Future<ProbeResult> run(Visit visit, Optional<TraceContext> parent) {
    ProbeSpan span = spans.begin(visit.target(), parent);
    return probers
        .probe(visit.tracedBy(span.context()), slots)
        .map(result -> judge(visit.target(), result))
        .onSuccess(span::end)
        .onComplete(end -> visit.deadline().end());
  }

  private static ProbeResult judge(Target target, ProbeResult result) {
    boolean tooSlow =
        target
            .options()
            .failIfSlowerThan()
            .filter(limit -> result.up() && result.duration().compareTo(limit) > 0)
            .isPresent();
    return tooSlow ? result.judged(Reason.ASSERTION) : result;
  }

  // A timer and not a task: Netty runs tasks for up to a second before it looks at its sockets
  // again.
  private void soon(Runnable task) {
    vertx.setTimer(1, id -> task.run());
  }
}
