package dev.echosounder.bench;

import dev.echosounder.acceptance.LiveHeap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Heap that can be reached: of a scheduled HTTP target with its series, of a kept result, and as
 * time passes.
 */
final class MemoryBenchmark implements Benchmark {

  private static final int TARGETS = 10_000;
  private static final String EMPTY = "without targets";
  private static final String FULL = "with 10,000 targets";

  private static final int KEEPING = 1_000;
  private static final int KEPT = 100;
  private static final int FEW = 10;
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private static final double MEBIBYTE = 1 << 20;

  @Override
  public void run(Options options, Path directory, Report report) throws Exception {
    try (Nginx nginx = Nginx.start(directory.resolve("nginx"))) {
      measureTargets(options, directory, nginx, report);
      measureResults(options, directory, nginx, report);
    }
  }

  private static void measureTargets(Options options, Path directory, Nginx nginx, Report report)
      throws Exception {
    Targets many =
        new Targets(
            TARGETS, number -> nginx.url("/" + number), Duration.ofHours(1), Duration.ofSeconds(5));
    Targets none = many.times(0);
    try (Service empty =
            Service.start(options, options.java(), directory.resolve("empty"), none.yaml());
        Service full =
            Service.start(options, options.java(), directory.resolve("full"), many.yaml())) {
      full.await("probe_attempts_total", TARGETS);
      Comparison comparison =
          Comparison.of(
              1,
              options.rounds(),
              List.of(
                  new Contender(EMPTY, () -> heap(empty)), new Contender(FULL, () -> heap(full))));
      report.add("targets", comparison);
      double more = comparison.median(FULL, Figure.HEAP) - comparison.median(EMPTY, Figure.HEAP);
      report.result("memory.target", more * MEBIBYTE / TARGETS);
    }
  }

  /** Results are kept until there are as many as may be, and later ones take their places. */
  private static void measureResults(Options options, Path directory, Nginx nginx, Report report)
      throws Exception {
    Targets targets = new Targets(KEEPING, number -> nginx.url("/" + number), INTERVAL, INTERVAL);
    Path own = directory.resolve("results");
    try (Service service = Service.start(options, options.java(), own, targets.yaml())) {
      String few = FEW + " results of each target";
      String all = "all that are kept, " + KEPT + " of each";
      String later = "as many probes later";
      Comparison comparison =
          Comparison.of(
              0,
              1,
              List.of(
                  new Contender(few, () -> heapAfter(FEW, service)),
                  // Some targets are a few probes behind the others.
                  new Contender(all, () -> heapAfter(KEPT + FEW, service)),
                  new Contender(later, () -> heapAfter(2 * KEPT + FEW, service))));
      report.add("kept results of 1,000 targets", comparison);
      double atFirst = comparison.median(few, Figure.HEAP);
      double full = comparison.median(all, Figure.HEAP);
      double after = comparison.median(later, Figure.HEAP);
      report.result(
          "memory.result", (full - atFirst) * MEBIBYTE / (KEEPING * (double) (KEPT - FEW)));
      report.result("memory.growth", 100 * (after - full) / full);
    }
  }

  private static Map<Figure, Double> heapAfter(int probes, Service service)
      throws IOException, InterruptedException {
    service.await("probe_attempts_total", (double) probes * KEEPING);
    return heap(service);
  }

  static Map<Figure, Double> heap(Service service) throws IOException {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    figures.put(Figure.HEAP, LiveHeap.bytes(service.server().process()) / MEBIBYTE);
    return figures;
  }
}
