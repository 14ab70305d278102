package dev.echosounder.tracing;

import dev.echosounder.bus.TracingTotals;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** How many spans wait, and what became of the others. Any thread. */
final class SpanCounts {

  private final int mostWaiting;
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder exported = new LongAdder();
  private final LongAdder queueFull = new LongAdder();
  private final LongAdder failed = new LongAdder();

  SpanCounts(int mostWaiting) {
    this.mostWaiting = mostWaiting;
  }

  /** Whether one more may wait; else it is counted as dropped. */
  boolean enter() {
    if (waiting.incrementAndGet() <= mostWaiting) {
      return true;
    }
    waiting.decrementAndGet();
    queueFull.increment();
    return false;
  }

  /** Some that have waited are gone, to the collector or nowhere. */
  void left(int spans, boolean taken) {
    waiting.addAndGet(-spans);
    (taken ? exported : failed).add(spans);
  }

  TracingTotals totals() {
    return new TracingTotals(exported.sum(), queueFull.sum(), failed.sum());
  }
}
