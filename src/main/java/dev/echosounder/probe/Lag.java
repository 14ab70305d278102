package dev.echosounder.probe;

import dev.echosounder.bus.Distribution;

/** How much later than their turns scheduled probes started. Used on one event loop only. */
final class Lag {

  // From the resolution of a timer up to the longest wait for a slot that is still of interest.
  private static final double[] UPPER_BOUNDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private final long[] counts = new long[UPPER_BOUNDS.length + 1];
  private double sum;

  void add(double seconds) {
    int bucket = 0;
    while (bucket < UPPER_BOUNDS.length && seconds > UPPER_BOUNDS[bucket]) {
      bucket++;
    }
    counts[bucket]++;
    sum += seconds;
  }

  Distribution snapshot() {
    return new Distribution(UPPER_BOUNDS, counts, sum);
  }
}
