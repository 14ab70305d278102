package dev.echosounder.http;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.PastResult;
import dev.echosounder.bus.ProbeHistory;
import dev.echosounder.settings.Settings;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.Supplier;

/** {@code /history}: the newest results of a target, the newest first. */
final class HistoryHandler implements Handler<RoutingContext> {

  /** The prober answers from memory. */
  private static final Duration PROMPT = Duration.ofSeconds(5);

  private final ProberDesk prober;
  private final Supplier<Settings> settings;

  HistoryHandler(ProberDesk prober, Supplier<Settings> settings) {
    this.prober = prober;
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
    ProbeHistory question = new ProbeHistory(filter.name(), filter.url());
    prober.ask(ctx, Address.PROBE_HISTORY, question, PROMPT).onSuccess(kept -> answer(ctx, kept));
  }

  private void answer(RoutingContext ctx, ProbeHistory.Kept kept) {
    if (kept.targets().isEmpty()) {
      TargetFilter.noMatch(ctx);
      return;
    }
    AnswerKeys keys = new AnswerKeys(settings.get().targets());
    prober.answer(ctx, () -> json(kept, keys));
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
