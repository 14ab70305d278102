package dev.echosounder.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import dev.echosounder.settings.Settings.Log;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;

class LogsTest {

  private final LoggerContext context = new LoggerContext();

  @ParameterizedTest
  @CsvSource({
    "DEBUG,   true,  true,  true,  true",
    "INFO,    false, true,  true,  true",
    "WARNING, false, false, true,  true",
    "ERROR,   false, false, false, true",
    "CRITICAL,false, false, false, false",
  })
  void a_level_shows_itself_and_what_is_more_severe(
      Log.Level level, boolean debug, boolean info, boolean warn, boolean error) {
    Logs.configure(context, new Log(level, Log.Format.PLAIN));

    Logger ours = context.getLogger("dev.echosounder.probe.Watch");
    assertThat(ours.isDebugEnabled()).isEqualTo(debug);
    assertThat(ours.isInfoEnabled()).isEqualTo(info);
    assertThat(ours.isWarnEnabled()).isEqualTo(warn);
    assertThat(ours.isErrorEnabled()).isEqualTo(error);
    assertThat(context.getLogger(Logs.CRITICAL).isErrorEnabled()).isTrue();
    assertThat(context.getLogger("io.netty").isInfoEnabled()).isFalse();
    context.stop();
  }

  @Test
  void a_later_configuration_replaces_the_earlier_one() {
    Logs.configure(context, new Log(Log.Level.DEBUG, Log.Format.PLAIN));
    Appender<ILoggingEvent> first = appenders().get(0);

    Logs.configure(context, new Log(Log.Level.INFO, Log.Format.JSON));

    assertThat(appenders()).hasSize(1).doesNotContain(first);
    assertThat(first.isStarted()).isFalse();
    assertThat(context.getLogger("dev.echosounder.Main").isDebugEnabled()).isFalse();
    context.stop();
  }

  private List<Appender<ILoggingEvent>> appenders() {
    List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
    context
        .getLogger(Logger.ROOT_LOGGER_NAME)
        .iteratorForAppenders()
        .forEachRemaining(appenders::add);
    return appenders;
  }
}
