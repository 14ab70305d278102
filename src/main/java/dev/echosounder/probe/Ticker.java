package dev.echosounder.probe;

import dev.echosounder.settings.TargetId;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ObjLongConsumer;

/**
 * Calls out the turns of a {@link Schedule} when they come, with one timer for the earliest of all.
 * By the monotonic clock; used on one event loop only.
 */
final class Ticker {

  private static final long MILLISECOND = 1_000_000;

  private final Vertx vertx;
  private final ObjLongConsumer<TargetId> onTurn;
  private final Schedule<TargetId> schedule = new Schedule<>();
  private final long origin = System.nanoTime();
  private OptionalLong timer = OptionalLong.empty();

  /**
   * @param onTurn called with whose turn it is, and when by {@link #now} it was due
   */
  Ticker(Vertx vertx, ObjLongConsumer<TargetId> onTurn) {
    this.vertx = vertx;
    this.onTurn = onTurn;
  }

  /** Nanoseconds by the clock that turns are due by. */
  long now() {
    return System.nanoTime() - origin;
  }

  /** The turns of some targets end, and those of others begin. */
  void change(Collection<Watch> gone, Collection<Watch> fresh) {
    gone.forEach(watch -> schedule.remove(watch.id()));
    Map<TargetId, Long> intervals = new HashMap<>();
    fresh.forEach(watch -> intervals.put(watch.id(), watch.target().interval().toNanos()));
    schedule.add(intervals, now());
    arm();
  }

  /** The turns of a target come at another interval from now on; without effect if it has none. */
  void pace(TargetId id, Duration interval) {
    if (schedule.pace(id, interval.toNanos(), now())) {
      arm();
    }
  }

  /** No turn is called out any more. */
  void stop() {
    timer.ifPresent(vertx::cancelTimer);
    timer = OptionalLong.empty();
  }

  private void arm() {
    stop();
    schedule
        .next()
        .ifPresent(
            due -> {
              long wait = Math.max(1, (due - now() + MILLISECOND - 1) / MILLISECOND);
              timer = OptionalLong.of(vertx.setTimer(wait, id -> tick()));
            });
  }

  private void tick() {
    try {
      schedule.take(now()).forEach(turn -> onTurn.accept(turn.key(), turn.due()));
    } finally {
      arm();
    }
  }
}
