package dev.echosounder.bus;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

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

  private static final Comparator<Exemplar> BY_TIME = Comparator.comparing(Exemplar::at);

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
   * The newest exemplar of each bucket that has one.
   *
   * @param exemplars of any buckets, in any order
   */
  public List<Exemplar> newest(Stream<Exemplar> exemplars) {
    Map<Integer, Exemplar> byBucket = new TreeMap<>();
    exemplars.forEach(
        one -> byBucket.merge(bucket(one.seconds()), one, BinaryOperator.maxBy(BY_TIME)));
    return List.copyOf(byBucket.values());
  }

  private int bucket(double seconds) {
    int bucket = 0;
    while (bucket < upperBounds.length && seconds > upperBounds[bucket]) {
      bucket++;
    }
    return bucket;
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
