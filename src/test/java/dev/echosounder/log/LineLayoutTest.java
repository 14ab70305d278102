package dev.echosounder.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.KeyValuePair;

class LineLayoutTest {

  private final Logger logger = new LoggerContext().getLogger("dev.echosounder.probe.Watch");

  private LoggingEvent event(Logger from, Level level, String message, Throwable thrown) {
    LoggingEvent event = new LoggingEvent("", from, level, message, thrown, null);
    event.setInstant(Instant.parse("2026-11-21T18:00:00.123Z"));
    return event;
  }

  private LoggingEvent event(String message) {
    return event(logger, Level.INFO, message, null);
  }

  @Test
  void a_plain_line_has_time_level_class_and_message() {
    assertThat(new PlainLayout().doLayout(event("target is up")))
        .isEqualTo("2026-11-21T18:00:00.123Z INFO Watch - target is up\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nb",
        "a\r\nb",
        "a\u0085b",
        "a\u2028b",
        "a\u2029b",
        "a\u001b[31mb",
        "a\u0000b",
        "a\tb",
        "a\u007fb"
      })
  void what_a_client_sent_cannot_break_a_line_nor_command_a_terminal(String text) {
    String plain = new PlainLayout().doLayout(event(text));
    String json = new JsonLayout().doLayout(event(text));

    assertThat(plain.substring(0, plain.length() - 1)).matches("[^\\p{Cntrl}\u0085\u2028\u2029]+");
    assertThat(json.substring(0, json.length() - 1)).matches("[^\n\r]+");
    assertThat(new JsonObject(json).getString("message")).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"DEBUG,DEBUG", "INFO,INFO", "WARN,WARNING", "ERROR,ERROR"})
  void levels_have_the_names_of_the_configuration(String level, String shown) {
    LoggingEvent event = event(logger, Level.valueOf(level), "m", null);

    assertThat(new PlainLayout().doLayout(event)).contains("Z " + shown + " Watch");
    assertThat(new JsonObject(new JsonLayout().doLayout(event)).getString("level"))
        .isEqualTo(shown);
  }

  @Test
  void what_stops_the_service_is_critical() {
    Logger critical = new LoggerContext().getLogger(Logs.CRITICAL);

    assertThat(new PlainLayout().doLayout(event(critical, Level.ERROR, "port taken", null)))
        .contains(" CRITICAL critical - port taken");
  }

  @Test
  void a_stack_trace_is_on_the_same_line() {
    LoggingEvent event =
        event(logger, Level.ERROR, "failed", new IllegalStateException("of\nthis"));

    assertThat(new PlainLayout().doLayout(event))
        .contains("failed | java.lang.IllegalStateException: of\\nthis")
        .containsOnlyOnce("\n");
    assertThat(new JsonObject(new JsonLayout().doLayout(event)).getString("stack_trace"))
        .contains("LineLayoutTest");
  }

  @Test
  void what_an_event_adds_is_shown() {
    LoggingEvent event = event("down");
    event.setKeyValuePairs(List.of(new KeyValuePair("reason", "dns\n")));

    assertThat(new PlainLayout().doLayout(event)).endsWith(" - down reason=dns\\n\n");
    assertThat(new JsonObject(new JsonLayout().doLayout(event)).getString("reason"))
        .isEqualTo("dns\n");
  }
}
