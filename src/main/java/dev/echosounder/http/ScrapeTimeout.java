package dev.echosounder.http;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long a probe that a scrape waits for may take, so that its failure is still told in time. */
final class ScrapeTimeout {

  /** The header by which Prometheus says how long it waits. */
  static final String HEADER = "X-Prometheus-Scrape-Timeout-Seconds";

  /** In force without the header, and the most that it may ask for. */
  static final Duration LONGEST = Duration.ofMinutes(2);

  /** What is left for the answer's way; blackbox_exporter's default. */
  private static final Duration OFFSET = Duration.ofMillis(500);

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Pattern SECONDS =
      Pattern.compile("\\d{1,20}(\\.\\d{0,20})?([eE][+-]?\\d{1,3})?");

  private ScrapeTimeout() {}

  /**
   * The deadline of a probe: what the scrape waits less the offset, the module's own timeout where
   * that is shorter, or nothing is left; from 1 ms to 120 s.
   *
   * @param header the header's value, or null; 0 is as good as none
   * @param module the module's own timeout
   * @throws IllegalArgumentException with what was expected, if the header is no number of seconds
   */
  static Duration of(String header, Optional<Duration> module) {
    Duration scrape = header == null ? LONGEST : seconds(header.strip());
    Duration left = scrape.minus(OFFSET);
    Duration bounded =
        module.filter(own -> left.isNegative() || own.compareTo(left) < 0).orElse(left);
    return bounded.compareTo(SHORTEST) < 0 ? SHORTEST : bounded;
  }

  private static Duration seconds(String text) {
    if (!SECONDS.matcher(text).matches()) {
      throw new IllegalArgumentException(HEADER + ": expected a number of seconds, such as 10");
    }
    double seconds = Double.parseDouble(text);
    boolean some = seconds > 0 && seconds < LONGEST.toSeconds();
    return some ? Duration.ofNanos((long) (seconds * 1e9)) : LONGEST;
  }
}
