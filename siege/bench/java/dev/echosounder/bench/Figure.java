package dev.echosounder.bench;

import java.util.Locale;

/** What is measured of a contender, with its unit. */
enum Figure {
  REQUESTS_PER_SECOND("requests/s", 0),
  REQUESTS_PER_CPU_SECOND("requests per CPU second", 0),
  PROBES_PER_SECOND("probes/s", 0),
  PROBES_PER_CPU_SECOND("probes per CPU second", 0),
  CPU_MICROSECONDS_PER_REQUEST("CPU us per request", 1),
  CPU_MICROSECONDS_PER_PROBE("CPU us per probe", 0),
  P50("p50 ms", 2),
  P99("p99 ms", 2),
  PUNCTUAL("% started within 50 ms", 3),
  SKIPPED("turns skipped", 0),
  SERIES("series", 0),
  PAGE("page MB", 2),
  SCRAPE_CPU("CPU ms per scrape", 1),
  SCRAPE_GARBAGE("garbage MB per scrape", 2),
  SCRAPE_TIME("ms per scrape", 1),
  HEAP("live heap MiB", 1),
  HEAP_PER_TARGET("heap bytes per target", 0),
  RESIDENT("resident MiB", 0),
  READY("s until ready", 2),
  TIME("us per operation", 3),
  ALLOCATED("bytes per operation", 0),
  FOREIGN("foreign load, CPUs", 2);

  private final String label;
  private final int decimals;

  Figure(String label, int decimals) {
    this.label = label;
    this.decimals = decimals;
  }

  String label() {
    return label;
  }

  String text(double value) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
