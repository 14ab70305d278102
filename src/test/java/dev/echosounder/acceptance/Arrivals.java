package dev.echosounder.acceptance;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * When which path was probed.
 *
 * @param times in order, by {@link System#nanoTime}
 */
record Arrivals(Map<String, List<Long>> times) {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** All but those of one path. */
  Arrivals without(String path) {
    Map<String, List<Long>> others = new HashMap<>(times);
    others.remove(path);
    return new Arrivals(others);
  }

  /** How many came in each whole second of a span. */
  List<Long> perSecond(long from, long to) {
    int seconds = (int) ((to - from) / SECOND);
    long[] counts = new long[seconds];
    all()
        .map(time -> Math.floorDiv(time - from, SECOND))
        .filter(second -> second >= 0 && second < seconds)
        .forEach(second -> counts[(int) second]++);
    return LongStream.of(counts).boxed().toList();
  }

  /** How many there were in all. */
  long count() {
    return all().count();
  }

  private LongStream all() {
    return times.values().stream().flatMap(List::stream).mapToLong(Long::longValue);
  }

  /**
   * The times between two probes of one path, over all paths, in order of length. The first is left
   * out: first turns are early ones.
   */
  List<Duration> gaps() {
    return times.values().stream()
        .flatMapToLong(
            path -> IntStream.range(2, path.size()).mapToLong(i -> path.get(i) - path.get(i - 1)))
        .sorted()
        .mapToObj(Duration::ofNanos)
        .toList();
  }

  /** How much longer or shorter than the interval those times are, in order. */
  List<Duration> deviations(Duration interval) {
    return gaps().stream().map(gap -> gap.minus(interval).abs()).sorted().toList();
  }

  /** The longest time since the newest probe of a path. */
  Duration longestSilence(long now) {
    return Duration.ofNanos(
        times.values().stream()
            .mapToLong(path -> now - path.get(path.size() - 1))
            .max()
            .orElseThrow());
  }

  /** The value that a share of an ordered list does not exceed. */
  static Duration quantile(List<Duration> ordered, double share) {
    return ordered.get((int) Math.min(ordered.size() - 1, Math.floor(share * ordered.size())));
  }
}
