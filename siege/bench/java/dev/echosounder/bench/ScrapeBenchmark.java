package dev.echosounder.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A scrape of many HTTP targets with all their series, as text and packed with gzip. */
final class ScrapeBenchmark implements Benchmark {

  private static final int TARGETS = 10_000;

  /** Their first turns come at 100 a second, and all must have had theirs. */
  private static final int BRIEF_TARGETS = 2_500;

  private static final int WARM_UPS = 4;
  private static final int SCRAPES = 20;

  @Override
  public void run(Options options, Path directory, Report report) throws Exception {
    int count = options.brief() ? BRIEF_TARGETS : TARGETS;
    try (Nginx nginx = Nginx.start(directory.resolve("nginx"))) {
      Targets targets =
          new Targets(
              count, number -> nginx.url("/" + number), Duration.ofHours(1), Duration.ofSeconds(5));
      Path own = directory.resolve("targets");
      try (Service service = Service.start(options, options.java(), own, targets.yaml());
          Allocation allocation = Allocation.of(service.server().process())) {
        service.await("probe_attempts_total", count);
        compare(service, allocation, options, count, report);
      }
    }
  }

  private static void compare(
      Service service, Allocation allocation, Options options, int count, Report report)
      throws Exception {
    Scraping text = new Scraping(service, allocation, false);
    Scraping gzip = new Scraping(service, allocation, true);
    Comparison comparison =
        Comparison.of(
            WARM_UPS,
            options.rounds(),
            List.of(
                new Contender("text", () -> text.times(SCRAPES)),
                new Contender("gzip", () -> gzip.times(SCRAPES))));
    report.add("%,d HTTP targets".formatted(count), comparison);
    double share = (double) TARGETS / count;
    report.result("scrape.text.cpu", share * comparison.median("text", Figure.SCRAPE_CPU));
    // Not by the share: pages lie outside the heap, and what is left does not grow with them.
    report.result("scrape.text.garbage", comparison.median("text", Figure.SCRAPE_GARBAGE));
    report.result("scrape.gzip.cpu", share * comparison.median("gzip", Figure.SCRAPE_CPU));
  }
}
