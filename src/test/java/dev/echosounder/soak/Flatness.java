package dev.echosounder.soak;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whether a figure no longer grows: its median over the last third of a run is at most a little
 * more than that over the second third. The first third is that of warming up: classes are loaded
 * and compiled, pools get their threads, arenas their chunks. A median does not see a peak.
 *
 * @param what for people
 * @param figure of a sample, where it has it
 * @param share by which it may be more
 * @param more that it may be beyond that
 */
record Flatness(String what, Function<Sample, Optional<Double>> figure, double share, double more) {

  /**
   * The figures that have to be flat. With the heap fixed and touched at the start, resident memory
   * is that and what is outside of it, so that 3 % are some 12 MiB: a leak of 100 bytes of each
   * request would be more in ten minutes of 200 requests a second. Descriptors and direct memory
   * follow how many connections happen to be open.
   */
  static final List<Flatness> ALL =
      List.of(
          of("resident memory, MiB", sample -> sample.footprint().resident(), 0.03, 4),
          new Flatness(
              "live heap, MiB", sample -> sample.live().stream().boxed().findFirst(), 0.05, 4),
          of("direct memory, MiB", Sample::direct, 0.10, 8),
          of("descriptors", sample -> (double) sample.footprint().descriptors(), 0.10, 20),
          of("threads", sample -> (double) sample.footprint().threads(), 0, 2),
          of("series", sample -> (double) sample.series(), 0.10, 100));

  private static Flatness of(
      String what, Function<Sample, Double> figure, double share, double more) {
    return new Flatness(what, sample -> Optional.of(figure.apply(sample)), share, more);
  }

  /** The medians of both thirds. */
  record Medians(double second, double last, boolean flat) {}

  Medians of(List<Sample> samples) {
    int third = samples.size() / 3;
    double second = median(samples.subList(third, 2 * third).stream());
    double last = median(samples.subList(2 * third, samples.size()).stream());
    return new Medians(second, last, last <= second * (1 + share) + more);
  }

  private double median(Stream<Sample> samples) {
    List<Double> sorted = samples.map(figure).flatMap(Optional::stream).sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
  }
}
