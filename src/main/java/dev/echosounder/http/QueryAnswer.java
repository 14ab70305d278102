package dev.echosounder.http;

import dev.echosounder.bus.AddressOutcome;
import dev.echosounder.bus.ProbeAnswers;
import dev.echosounder.bus.ProbeAnswers.Answer;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.Target;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The JSON of {@code /queryurl}. */
final class QueryAnswer {

  private QueryAnswer() {}

  /** Makes the JSON: {@code status} says that the query ran, not that the targets are up. */
  static JsonObject of(ProbeAnswers answers, List<Target> configured) {
    AnswerKeys keys = new AnswerKeys(configured);
    JsonObject response = new JsonObject();
    for (Answer answer : answers.answers()) {
      response.put(keys.of(answer.target()), entry(answer));
    }
    return new JsonObject().put("status", "ok").put("response", response);
  }

  private static JsonObject entry(Answer answer) {
    JsonObject entry = new JsonObject();
    answer.target().name().ifPresent(name -> entry.put("name", name));
    answer.result().ifPresentOrElse(result -> putResult(entry, result), () -> putUnknown(entry));
    if (answer.stale()) {
      entry.put("stale", true);
    }
    return entry;
  }

  private static void putResult(JsonObject entry, ProbeResult result) {
    OutcomeJson.put(entry, result);
    if (!result.addresses().isEmpty()) {
      entry.put(
          "addresses", new JsonArray(result.addresses().stream().map(QueryAnswer::of).toList()));
    }
  }

  private static JsonObject of(AddressOutcome outcome) {
    return new JsonObject()
        .put("ip", outcome.address())
        .put("up", outcome.reason() == Reason.OK ? 1 : 0)
        .put("reason", outcome.reason().label())
        .put("response_time_in_ms", OutcomeJson.millis(outcome.duration()));
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
}
