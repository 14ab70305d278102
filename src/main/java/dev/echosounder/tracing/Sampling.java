package dev.echosounder.tracing;

import io.opentelemetry.api.trace.SpanContext;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Decides what makes a span, before anything is made of it. Plain memory: used on one event loop
 * only.
 *
 * <p>The SDK's samplers are not used since they let a client decide: one that sends sampled parents
 * has all its requests exported, and the ratio by trace id goes by an id that the client chooses.
 */
final class Sampling {

  /** As many sampled parents are followed in a second; beyond these the ratio decides. */
  static final int MOST_PARENTS = 100;

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final double ratio;
  private final LongSupplier nanoTime;
  private long windowStart;
  private int followed;

  /**
   * @param ratio 0 to 1
   * @param nanoTime the monotonic clock
   */
  Sampling(double ratio, LongSupplier nanoTime) {
    this.ratio = ratio;
    this.nanoTime = nanoTime;
    this.windowStart = nanoTime.getAsLong();
  }

  /** Whether what nobody else has decided about makes a span. */
  boolean root() {
    return ThreadLocalRandom.current().nextDouble() < ratio;
  }

  /** Whether what has this parent makes a span; an invalid one is none. */
  boolean after(SpanContext parent) {
    return parent.isValid() ? parent.isSampled() && (mayFollow() || root()) : root();
  }

  private boolean mayFollow() {
    long now = nanoTime.getAsLong();
    if (now - windowStart >= SECOND) {
      windowStart = now;
      followed = 0;
    }
    if (followed >= MOST_PARENTS) {
      return false;
    }
    followed++;
    return true;
  }
}
