package dev.echosounder.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** What the forms of a log line have in common. */
abstract class LineLayout extends LayoutBase<ILoggingEvent> {

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  static String timestamp(ILoggingEvent event) {
    return TIMESTAMP.format(Instant.ofEpochMilli(event.getTimeStamp()));
  }

  /** The level by the names of {@code log_level}. */
  static String level(ILoggingEvent event) {
    if (event.getLoggerName().equals(Logs.CRITICAL)) {
      return "CRITICAL";
    }
    return event.getLevel() == Level.WARN ? "WARNING" : event.getLevel().toString();
  }

  /** The class that logs, without its package. */
  static String logger(ILoggingEvent event) {
    String name = event.getLoggerName();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
