package dev.echosounder.http;

import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbeOutcome;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** The JSON of one result, wherever it is shown. */
final class OutcomeJson {

  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private OutcomeJson() {}

  /** Adds the fields of a result to an entry. */
  static void put(JsonObject entry, ProbeOutcome outcome) {
    entry
        .put(
            "status_code",
            outcome.statusCode().isPresent() ? outcome.statusCode().getAsInt() : null)
        .put("up", outcome.up() ? 1 : 0)
        .put("response_time_in_ms", millis(outcome.duration()))
        .put("reason", outcome.reason().label())
        .put("phases_in_ms", phases(outcome.phases()))
        .put("checked_at", MILLISECONDS.format(outcome.checkedAt()));
  }

  private static JsonObject phases(Map<Phase, Duration> ran) {
    JsonObject phases = new JsonObject();
    for (Phase phase : Phase.values()) {
      Duration time = ran.get(phase);
      if (time != null) {
        phases.put(phase.label(), millis(time));
      }
    }
    return phases;
  }

  /** With microseconds, as a number. */
  static double millis(Duration time) {
    return Math.round(time.toNanos() / 1e3) / 1e3;
  }
}
