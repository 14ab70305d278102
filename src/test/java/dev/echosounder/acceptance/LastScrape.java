package dev.echosounder.acceptance;

import dev.echosounder.testing.MetricsPage;
import dev.echosounder.testing.RawHttp;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a scraper has seen last of a service that stops.
 *
 * @param scrapes how many pages came as a whole
 */
record LastScrape(MetricsPage page, int scrapes) {

  private static final String REQUEST =
      """
      GET /metrics HTTP/1.1\r
      Host: scraper\r
      Accept: application/openmetrics-text; version=1.0.0\r
      Connection: close\r
      \r
      """;

  /** Scrapes without a pause, on a new connection each time, until the port is closed. */
  static LastScrape until(ProcessHandle service, int port) {
    return until(service, () -> scrape(port));
  }

  /** Scrapes without a pause until the process has ended. */
  static LastScrape until(ProcessHandle service, Supplier<Optional<String>> scrape) {
    Optional<String> newest = Optional.empty();
    int scrapes = 0;
    while (service.isAlive()) {
      Optional<String> page = scrape.get();
      if (page.isPresent()) {
        newest = page;
        scrapes++;
      }
    }
    return new LastScrape(MetricsPage.parse(newest.orElseThrow()), scrapes);
  }

  private static Optional<String> scrape(int port) {
    try {
      return Optional.of(RawHttp.exchange(port, REQUEST))
          .filter(LastScrape::isWhole)
          .map(answer -> answer.substring(answer.indexOf("\r\n\r\n") + 4));
    } catch (IOException closed) {
      return Optional.empty();
    }
  }

  private static boolean isWhole(String answer) {
    return answer.startsWith("HTTP/1.1 200") && answer.endsWith("# EOF\n");
  }
}
