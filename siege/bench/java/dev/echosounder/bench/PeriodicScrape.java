package dev.echosounder.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Scrapes a page each second, packed, as Prometheus does. */
final class PeriodicScrape {

  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> scrapes;

  private PeriodicScrape(String url) {
    Client client = new Client();
    scrapes =
        executor.scheduleAtFixedRate(
            () -> {
              try {
                client.size(url, true);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            0,
            1,
            TimeUnit.SECONDS);
  }

  /**
   * Measures meanwhile.
   *
   * @throws IOException where a scrape failed too
   */
  static Map<Figure, Double> during(Contender.Measuring measuring, String url)
      throws IOException, InterruptedException {
    PeriodicScrape scrape = new PeriodicScrape(url);
    Map<Figure, Double> figures;
    try {
      figures = measuring.round();
    } finally {
      scrape.stop();
    }
    return figures;
  }

  private void stop() throws IOException, InterruptedException {
    boolean failed = scrapes.isDone();
    executor.shutdown();
    if (!executor.awaitTermination(1, TimeUnit.MINUTES) || failed) {
      executor.shutdownNow();
      throw new IOException("a scrape failed");
    }
  }
}
