package dev.echosounder.http;

import dev.echosounder.settings.DurationText;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an echo request asks to be pretended: a status by its path, a delay by its query.
 *
 * @param status the status code of the answer
 * @param delay how long the answer is held back, at most {@link #LONGEST_DELAY}
 */
record Simulation(int status, Duration delay) {

  static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

  private static final String STATUS_PREFIX = "/status/";
  private static final Pattern NUMBER = Pattern.compile("-?\\d+");

  /** Nothing to pretend. */
  static final Simulation NONE = new Simulation(200, Duration.ZERO);

  /**
   * Reads what a request asks for.
   *
   * @param path the request's path
   * @param delay the value of the query parameter {@code delay}, or null
   * @throws IllegalArgumentException with what was expected, if the request asks for what cannot be
   */
  static Simulation of(String path, String delay) {
    OptionalInt status = status(path);
    if (delay == null && status.isEmpty()) {
      return NONE;
    }
    return new Simulation(status.orElse(200), delay == null ? Duration.ZERO : delay(delay));
  }

  private static OptionalInt status(String path) {
    if (!path.startsWith(STATUS_PREFIX)) {
      return OptionalInt.empty();
    }
    Matcher number = NUMBER.matcher(path.substring(STATUS_PREFIX.length()));
    if (!number.matches()) {
      return OptionalInt.empty();
    }
    if (number.group().length() == 3) {
      int code = Integer.parseInt(number.group());
      if (code >= Tally.LOWEST_CODE && code <= Tally.HIGHEST_CODE) {
        return OptionalInt.of(code);
      }
    }
    throw new IllegalArgumentException(
        "status: got %s, expected %d to %d"
            .formatted(number.group(), Tally.LOWEST_CODE, Tally.HIGHEST_CODE));
  }

  private static Duration delay(String text) {
    return DurationText.parse(text)
        .filter(delay -> delay.compareTo(LONGEST_DELAY) <= 0)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "delay: got \"%s\", expected a duration such as 250ms, at most 30s"
                        .formatted(text)));
  }
}
