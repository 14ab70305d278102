package dev.echosounder.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;

/**
 * {@code 2026-11-21T18:00:00.123Z INFO Echosounder - listening on ...}. Control characters, which a
 * client or a target may have sent, are escaped, so that an event is one line and a terminal takes
 * no orders.
 */
final class PlainLayout extends LineLayout {

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder text = new StringBuilder(event.getFormattedMessage());
    if (event.getKeyValuePairs() != null) {
      event
          .getKeyValuePairs()
          .forEach(pair -> text.append(' ').append(pair.key).append('=').append(pair.value));
    }
    if (event.getThrowableProxy() != null) {
      text.append(" | ").append(ThrowableProxyUtil.asString(event.getThrowableProxy()).trim());
    }
    StringBuilder line = new StringBuilder(text.length() + 64);
    line.append(timestamp(event)).append(' ').append(level(event)).append(' ');
    line.append(logger(event)).append(" - ");
    text.chars().forEach(c -> append(line, (char) c));
    return line.append('\n').toString();
  }

  private static void append(StringBuilder line, char c) {
    switch (c) {
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
          line.append(String.format("\\u%04x", (int) c));
        } else {
          line.append(c);
        }
      }
    }
  }
}
