package dev.echosounder.bench;

import java.util.Arrays;

/** Medians and quantiles of a few numbers, in any order. */
final class Statistics {

  private Statistics() {}

  /** The middle one, or the mean of the two in the middle. */
  static double median(double... values) {
    double[] ordered = ordered(values);
    int middle = ordered.length / 2;
    return ordered.length % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
  }

  /**
   * The least value that a share of all do not exceed.
   *
   * @param share more than 0, at most 1
   */
  static double quantile(double share, double... values) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share: got " + share + ", expected 0 < share <= 1");
    }
    double[] ordered = ordered(values);
    return ordered[(int) Math.ceil(share * ordered.length) - 1];
  }

  private static double[] ordered(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("of no values");
    }
    double[] ordered = values.clone();
    Arrays.sort(ordered);
    return ordered;
  }
}
