package dev.echosounder.bench;

import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A configuration with many targets.
 *
 * @param count how many
 * @param url of each by its number
 * @param interval of all
 * @param timeout of all, not longer than the interval
 * @param module of all
 */
record Targets(
    int count, IntFunction<String> url, Duration interval, Duration timeout, String module) {

  /** Of the module that is always there. */
  Targets(int count, IntFunction<String> url, Duration interval, Duration timeout) {
    this(count, url, interval, timeout, "http_2xx");
  }

  /** As Echosounder reads it; it listens on any port of 127.0.0.1. */
  String yaml() {
    return """
    http: {host: 127.0.0.1, port: 0}
    query_interval_in_seconds: %s
    request_timeout_in_seconds: %s
    targets: [%s]
    """
        .formatted(
            seconds(interval),
            seconds(timeout),
            IntStream.range(0, count).mapToObj(this::target).collect(Collectors.joining()));
  }

  private String target(int number) {
    return "{name: target-%d, url: \"%s\", module: %s},\n"
        .formatted(number, url.apply(number), module);
  }

  private static String seconds(Duration duration) {
    return Double.toString(duration.toMillis() / 1e3);
  }

  Targets times(int other) {
    return new Targets(other, url, interval, timeout, module);
  }

  Targets every(Duration other) {
    return new Targets(count, url, other, timeout, module);
  }
}
