package dev.echosounder.settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as users write them: {@code 250ms}, {@code 15s}, {@code 1m30s}, {@code 1h}, or a number
 * of seconds.
 */
public final class DurationText {

  // At most nine digits a part, so that no sum overflows.
  private static final Pattern PARTS =
      Pattern.compile(
          "(?:(\\d{1,9})h)?(?:(\\d{1,9})m(?!s))?(?:(\\d{1,9}(?:\\.\\d{1,9})?)s)?"
              + "(?:(\\d{1,9})ms)?");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(?:\\.\\d{1,9})?");

  private DurationText() {}

  /** Reads a duration; empty if the text is none. It is never negative. */
  public static Optional<Duration> parse(String text) {
    if (SECONDS.matcher(text).matches()) {
      return Optional.of(seconds(new BigDecimal(text)));
    }
    Matcher parts = PARTS.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofHours(whole(parts.group(1)))
            .plusMinutes(whole(parts.group(2)))
            .plus(seconds(new BigDecimal(parts.group(3) == null ? "0" : parts.group(3))))
            .plusMillis(whole(parts.group(4))));
  }

  /** Reads a number of seconds, of which parts below a nanosecond are dropped. */
  public static Duration ofSeconds(Number number) {
    return seconds(new BigDecimal(number.toString()));
  }

  /**
   * Writes a duration, not negative and less than 1,000,000,000 hours, so that {@link #parse} reads
   * the same.
   */
  public static String format(Duration duration) {
    StringBuilder text = new StringBuilder();
    append(text, duration.toHours(), "h");
    append(text, duration.toMinutesPart(), "m");
    if (duration.toNanosPart() % 1_000_000 == 0) {
      append(text, duration.toSecondsPart(), "s");
      append(text, duration.toMillisPart(), "ms");
    } else {
      BigDecimal nanos = BigDecimal.valueOf(duration.toNanosPart(), 9);
      BigDecimal seconds = BigDecimal.valueOf(duration.toSecondsPart()).add(nanos);
      text.append(seconds.stripTrailingZeros().toPlainString()).append('s');
    }
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount != 0) {
      text.append(amount).append(unit);
    }
  }

  private static long whole(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static Duration seconds(BigDecimal seconds) {
    return Duration.ofNanos(seconds.movePointRight(9).longValue());
  }
}
