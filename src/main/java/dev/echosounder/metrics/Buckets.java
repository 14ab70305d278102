package dev.echosounder.metrics;

import dev.echosounder.bus.ProbeResult;
import java.util.List;

/**
 * How long the probes of one target took, counted in buckets. Immutable: a result makes a new one.
 */
final class Buckets {

  /**
   * The upper bounds in seconds, the infinite one last: from an answer on the same host to the
   * default timeout.
   */
  static final List<Double> BOUNDS =
      List.of(
          0.005,
          0.01,
          0.025,
          0.05,
          0.1,
          0.25,
          0.5,
          1.0,
          2.5,
          5.0,
          10.0,
          30.0,
          Double.POSITIVE_INFINITY);

  /** No probe yet. */
  static final Buckets EMPTY = new Buckets(new long[BOUNDS.size()], 0);

  private final long[] cumulative;
  private final double sum;

  private Buckets(long[] cumulative, double sum) {
    this.cumulative = cumulative;
    this.sum = sum;
  }

  /** These with the duration of one more probe. */
  Buckets plus(ProbeResult result) {
    double seconds = result.duration().toNanos() / 1e9;
    long[] counts = cumulative.clone();
    for (int i = 0; i < counts.length; i++) {
      if (seconds <= BOUNDS.get(i)) {
        counts[i]++;
      }
    }
    return new Buckets(counts, sum + seconds);
  }

  /** How many probes took no longer than a bound. */
  long upTo(int bound) {
    return cumulative[bound];
  }

  /** How many probes there were. */
  long count() {
    return cumulative[cumulative.length - 1];
  }

  /** How many seconds they took together. */
  double sum() {
    return sum;
  }
}
