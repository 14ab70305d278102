package dev.echosounder.log;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.echosounder.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is logged, and how: to standard output, one line per event, changeable while the service
 * runs.
 */
public final class Logs {

  /**
   * The name of the logger for what stops the service. What is logged there, at level ERROR, is
   * shown as CRITICAL, and is all that is left at that level. A name and not a logger: to ask for
   * one here would begin the set-up of logging in the middle of itself.
   */
  public static final String CRITICAL = "dev.echosounder.critical";

  /** Events waiting for a slow standard output; beyond these, new ones are dropped. */
  private static final int QUEUE = 4096;

  private Logs() {}

  /**
   * Logs as configured from now on. Takes effect for all threads. Blocks for up to a second where
   * standard output does, to write out what is waiting.
   */
  public static void configure(Settings.Log settings) {
    configure((LoggerContext) LoggerFactory.getILoggerFactory(), settings);
  }

  static synchronized void configure(LoggerContext context, Settings.Log settings) {
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    AsyncAppender appender = appender(context, settings.format());
    root.addAppender(appender);
    root.iteratorForAppenders()
        .forEachRemaining(
            other -> {
              if (other != appender) {
                root.detachAppender(other);
                other.stop();
              }
            });
    root.setLevel(level(settings.level()));
    context.getLogger(CRITICAL).setLevel(Level.ERROR);
    // The libraries tell of each connection at DEBUG, and of themselves at INFO.
    Level library = settings.level().compareTo(Settings.Log.Level.WARNING) < 0 ? Level.WARN : null;
    context.getLogger("io").setLevel(library);
    // It warns of each message for a receiver that has just gone, as some are at every stop.
    context.getLogger("io.vertx.core.eventbus.impl.MessageConsumerImpl").setLevel(Level.ERROR);
    // It warns of each gauge that vertx-micrometer-metrics registers again, which that module does
    // by design.
    context.getLogger("io.micrometer").setLevel(Level.ERROR);
    // Its errors are what any client can bring about, as often as it likes.
    context.getLogger("io.vertx.core.net.impl.ConnectionBase").setLevel(Level.OFF);
    // It warns where Vert.x trips over a stream that it has refused, when a client resets the
    // connection before it was told.
    context.getLogger("io.netty.util.concurrent.DefaultPromise").setLevel(Level.ERROR);
  }

  /** Writes out what is still waiting, for at most a second. Nothing can be logged afterwards. */
  public static void flush() {
    ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
  }

  private static AsyncAppender appender(LoggerContext context, Settings.Log.Format format) {
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    LineLayout layout =
        switch (format) {
          case PLAIN -> new PlainLayout();
          case JSON -> new JsonLayout();
        };
    layout.setContext(context);
    layout.start();
    encoder.setLayout(layout);
    encoder.start();

    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setEncoder(encoder);
    console.start();

    // Standard output may block; an event loop must not.
    AsyncAppender async = new AsyncAppender();
    async.setContext(context);
    async.setQueueSize(QUEUE);
    async.setDiscardingThreshold(0);
    async.setNeverBlock(true);
    async.addAppender(console);
    async.start();
    return async;
  }

  private static Level level(Settings.Log.Level level) {
    return switch (level) {
      case DEBUG -> Level.DEBUG;
      case INFO -> Level.INFO;
      case WARNING -> Level.WARN;
      case ERROR -> Level.ERROR;
      case CRITICAL -> Level.OFF;
    };
  }
}
