package dev.echosounder.access;

import dev.echosounder.settings.Web.RateLimit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts requests of all event loops against a limit, which may change from one to the next. It is
 * a token bucket kept as one number: when the bucket will be full again. May be used by any thread.
 */
public final class TokenBucket {

  private final long origin = System.nanoTime();
  private final AtomicLong fullAt = new AtomicLong();

  /** A full one. */
  public TokenBucket() {}

  /**
   * Takes a token, if there is one.
   *
   * @return how long until there will be one; zero if it was taken
   */
  public Duration take(RateLimit limit) {
    return take(limit, System.nanoTime() - origin);
  }

  Duration take(RateLimit limit, long now) {
    long interval = limit.interval().toNanos();
    long whole = Math.multiplyExact(interval, limit.burst() - 1L);
    while (true) {
      long known = fullAt.get();
      // Of a longer interval that was in force before no more is owed than of this one.
      long full = Math.min(Math.max(known, now), now + whole + interval);
      long wait = full - now - whole;
      if (fullAt.compareAndSet(known, wait > 0 ? full : full + interval)) {
        return Duration.ofNanos(Math.max(0, wait));
      }
    }
  }
}
