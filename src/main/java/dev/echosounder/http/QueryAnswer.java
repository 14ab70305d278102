package dev.echosounder.http;

import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbeAnswers;
import dev.echosounder.bus.ProbeAnswers.Answer;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.config.Target;
import dev.echosounder.config.TargetId;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The JSON of {@code /queryurl}. */
final class QueryAnswer {

  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private QueryAnswer() {}

  /**
   * Makes the JSON: {@code status} says that the query ran, not that the targets are up. The key of
   * a target is its URL as shown, or its name where another configured target has the same URL.
   */
  static JsonObject of(ProbeAnswers answers, List<Target> configured) {
    Map<String, Integer> sharing = new HashMap<>();
    configured.forEach(target -> sharing.merge(target.id().url(), 1, Integer::sum));
    JsonObject response = new JsonObject();
    for (Answer answer : answers.answers()) {
      response.put(key(answer.target(), sharing), entry(answer));
    }
    return new JsonObject().put("status", "ok").put("response", response);
  }

  private static String key(TargetId target, Map<String, Integer> sharing) {
    return sharing.getOrDefault(target.url(), 1) == 1 ? target.url() : target.display();
  }

  private static JsonObject entry(Answer answer) {
    JsonObject entry = new JsonObject();
    answer.target().name().ifPresent(name -> entry.put("name", name));
    answer.result().ifPresentOrElse(result -> put(entry, result), () -> putUnknown(entry));
    if (answer.stale()) {
      entry.put("stale", true);
    }
    return entry;
  }

  private static void put(JsonObject entry, ProbeResult result) {
    JsonObject phases = new JsonObject();
    for (Phase phase : Phase.values()) {
      Duration time = result.phases().get(phase);
      if (time != null) {
        phases.put(phase.label(), millis(time));
      }
    }
    entry
        .put("status_code", result.statusCode().isPresent() ? result.statusCode().getAsInt() : null)
        .put("up", result.up() ? 1 : 0)
        .put("response_time_in_ms", millis(result.duration()))
        .put("reason", result.reason().label())
        .put("phases_in_ms", phases)
        .put("checked_at", MILLISECONDS.format(result.checkedAt()));
  }

  /** Never probed yet, so neither up nor down. */
  private static void putUnknown(JsonObject entry) {
    entry
        .putNull("status_code")
        .putNull("up")
        .putNull("response_time_in_ms")
        .putNull("reason")
        .putNull("checked_at");
  }

  /** With microseconds, as a number. */
  private static double millis(Duration time) {
    return Math.round(time.toNanos() / 1e3) / 1e3;
  }
}
