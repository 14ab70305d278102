package dev.echosounder.bus;

import java.util.Arrays;

/**
 * A snapshot of durations counted in buckets.
 *
 * @param upperBounds the buckets' inclusive upper bounds in seconds, ascending, without the
 *     infinite one
 * @param counts how many durations fell in each bucket (not cumulative), the infinite one last
 * @param sumSeconds the sum of all durations
 */
@SuppressWarnings("ArrayRecordComponent") // The arrays are copied in.
public record Distribution(double[] upperBounds, long[] counts, double sumSeconds) {

  public Distribution {
    if (counts.length != upperBounds.length + 1) {
      throw new IllegalArgumentException(
          "got " + counts.length + " counts, expected " + (upperBounds.length + 1));
    }
    upperBounds = upperBounds.clone();
    counts = counts.clone();
  }

  /** How many durations were counted. */
  public long count() {
    return Arrays.stream(counts).sum();
  }

  /**
   * The two distributions as one.
   *
   * @throws IllegalArgumentException if their bounds differ
   */
  public Distribution plus(Distribution other) {
    if (!Arrays.equals(upperBounds, other.upperBounds)) {
      throw new IllegalArgumentException("distributions with different bounds");
    }
    long[] sums = counts.clone();
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.counts[i];
    }
    return new Distribution(upperBounds, sums, sumSeconds + other.sumSeconds);
  }
}
