package dev.echosounder.soak;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The clock of all clients of one service, which can be stopped. */
final class Pace {

  final Vertx vertx;

  /** Good requests that are not answered yet. */
  final AtomicInteger underWay = new AtomicInteger();

  private final List<Long> timers = new CopyOnWriteArrayList<>();

  Pace(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Does this each so many milliseconds. */
  void every(long millis, Runnable deed) {
    timers.add(vertx.setPeriodic(millis, tick -> deed.run()));
  }

  /** Nothing begins any more. */
  void stop() {
    timers.forEach(vertx::cancelTimer);
  }
}
