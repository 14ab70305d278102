package dev.echosounder.http;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.PastResult;
import dev.echosounder.bus.ProbeHistory;
import dev.echosounder.settings.Settings;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.Supplier;

/** {@code /history}: the newest results of a target, the newest first. */
final class HistoryHandler implements Handler<RoutingContext> {

  /** The prober answers from memory. */
  private static final Duration PROMPT = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Supplier<Settings> settings;

  HistoryHandler(Vertx vertx, Supplier<Settings> settings) {
    this.vertx = vertx;
    this.settings = settings;
  }

  @Override
  public void handle(RoutingContext ctx) {
    TargetFilter filter = TargetFilter.of(ctx);
    if (filter.isEmpty()) {
      // Everything that is kept may be a hundred megabytes.
      Answer.error(ctx.request(), 400, "bad_request", "expected ?name= or ?url= of a target");
      return;
    }
    Bus.of(vertx)
        .request(Address.PROBE_HISTORY, new ProbeHistory(filter.name(), filter.url()), PROMPT)
        .onSuccess(kept -> answer(ctx, kept))
        .onFailure(
            failure ->
                Answer.error(ctx.request(), 503, "unavailable", "the prober did not answer"));
  }

  private void answer(RoutingContext ctx, ProbeHistory.Kept kept) {
    if (kept.targets().isEmpty()) {
      TargetFilter.noMatch(ctx);
      return;
    }
    AnswerKeys keys = new AnswerKeys(settings.get().targets());
    vertx
        .executeBlocking(() -> json(kept, keys).toBuffer(), false)
        .onSuccess(json -> Answer.json(ctx.request(), 200, json))
        .onFailure(ctx::fail);
  }

  private static JsonObject json(ProbeHistory.Kept kept, AnswerKeys keys) {
    JsonObject response = new JsonObject();
    kept.targets().forEach(target -> response.put(keys.of(target.target()), entry(target)));
    return new JsonObject().put("status", "ok").put("response", response);
  }

  private static JsonObject entry(ProbeHistory.OfTarget kept) {
    JsonObject entry = new JsonObject();
    kept.target().name().ifPresent(name -> entry.put("name", name));
    JsonArray results = new JsonArray();
    kept.results().forEach(result -> results.add(result(result)));
    return entry.put("results", results);
  }

  private static JsonObject result(PastResult past) {
    JsonObject result = new JsonObject();
    OutcomeJson.put(result, past);
    if (!past.isLast()) {
      result.put("final", false);
    }
    return result;
  }
}
