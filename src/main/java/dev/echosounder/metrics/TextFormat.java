package dev.echosounder.metrics;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Numbers and labels as both Prometheus text 0.0.4 and OpenMetrics 1.0 write them, in any locale.
 */
final class TextFormat {

  /** Below this every integral double is written as the integer it is. */
  private static final double INTEGRAL = 1e15;

  // Most values are one of these, of tens of thousands of series.
  private static final byte[] ZERO = ascii("0");
  private static final byte[] ONE = ascii("1");

  private TextFormat() {}

  /** A value, an integral one without fraction or exponent. */
  static byte[] number(double value) {
    return isIntegral(value) ? number((long) value) : ascii(text(value));
  }

  /** A value that is a whole number; not to be changed. */
  static byte[] number(long value) {
    if (value == 0) {
      return ZERO;
    }
    return value == 1 ? ONE : ascii(Long.toString(value));
  }

  /** Seconds since the epoch, to the millisecond, never with an exponent. */
  static byte[] timestamp(Instant instant) {
    return ascii(BigDecimal.valueOf(instant.toEpochMilli(), 3).toPlainString());
  }

  /** Adds {@code name="value"}, after a comma where it is not the first. */
  static void appendLabel(StringBuilder labels, String name, String value) {
    if (!labels.isEmpty()) {
      labels.append(',');
    }
    labels.append(name).append("=\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> labels.append("\\\\");
        case '"' -> labels.append("\\\"");
        case '\n' -> labels.append("\\n");
        default -> labels.append(c);
      }
    }
    labels.append('"');
  }

  /** A value, an integral one without fraction or exponent. */
  static String text(double value) {
    if (isIntegral(value)) {
      return Long.toString((long) value);
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return Double.toString(value);
  }

  private static boolean isIntegral(double value) {
    return Math.abs(value) < INTEGRAL && value == Math.rint(value);
  }

  /** A value as a text. */
  static String text(byte[] value) {
    return new String(value, StandardCharsets.ISO_8859_1);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
