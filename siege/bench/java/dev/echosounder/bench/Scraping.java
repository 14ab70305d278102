package dev.echosounder.bench;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * What scrapes cost a service.
 *
 * @param packed whether with gzip
 */
record Scraping(Service service, Allocation allocation, boolean packed) {

  private static final double MEGABYTE = 1e6;

  private static final Client CLIENT = new Client();

  /**
   * Scrapes so many times, one after another.
   *
   * @return processor time, garbage, time and size of one of them
   */
  Map<Figure, Double> times(int count) throws IOException, InterruptedException {
    String url = service.server().url("/metrics");
    double cpu = service.server().cpu();
    long bytes = allocation.bytes();
    long begin = System.nanoTime();
    long size = 0;
    for (int i = 0; i < count; i++) {
      size = CLIENT.size(url, packed);
    }
    long nanos = System.nanoTime() - begin;
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    figures.put(Figure.SCRAPE_CPU, (service.server().cpu() - cpu) / count * 1e3);
    figures.put(Figure.SCRAPE_GARBAGE, (allocation.bytes() - bytes) / MEGABYTE / count);
    figures.put(Figure.SCRAPE_TIME, nanos / 1e6 / count);
    figures.put(Figure.PAGE, size / MEGABYTE);
    return figures;
  }
}
