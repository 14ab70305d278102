package dev.echosounder.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The benchmarks there are. */
enum BenchmarkName {
  ECHO,
  PROBE,
  SCHEDULE,
  SCRAPE,
  MEMORY,
  START,
  GROWTH,
  INNER;

  /**
   * That of the command line.
   *
   * @throws IllegalArgumentException if there is none
   */
  static BenchmarkName of(String text) {
    return Arrays.stream(values())
        .filter(each -> each.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "got " + text + ", expected an option or one of " + List.of(values())));
  }

  Benchmark benchmark() {
    return switch (this) {
      case ECHO -> new EchoBenchmark();
      case PROBE -> new ProbeBenchmark();
      case SCHEDULE -> new ScheduleBenchmark();
      case SCRAPE -> new ScrapeBenchmark();
      case MEMORY -> new MemoryBenchmark();
      case START -> new StartBenchmark();
      case GROWTH -> new GrowthBenchmark();
      case INNER -> new InnerBenchmark();
    };
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
