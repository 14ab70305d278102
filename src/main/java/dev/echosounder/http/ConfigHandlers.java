package dev.echosounder.http;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.Reload;
import dev.echosounder.settings.Settings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** {@code /config} and {@code /-/reload}. */
final class ConfigHandlers {

  private static final Duration RELOAD_TIMEOUT = Duration.ofSeconds(30);

  private ConfigHandlers() {}

  /** Answers with the configuration in force, every secret replaced. */
  static void show(RoutingContext ctx, Settings settings, Untaken untaken) {
    Buffer shown = settings.shown().toBuffer();
    untaken.send(ctx.request(), shown.length(), () -> Answer.json(ctx.request(), 200, shown));
  }

  /** Has the configuration read again, and answers with what became of it. */
  static void reload(RoutingContext ctx, Bus bus) {
    bus.request(Address.RELOAD, new Reload(), RELOAD_TIMEOUT)
        .onSuccess(outcome -> answer(ctx, outcome))
        .onFailure(
            failure ->
                Answer.error(
                    ctx.request(), 503, "unavailable", "the configuration was not read in time"));
  }

  private static void answer(RoutingContext ctx, Reload.Outcome outcome) {
    if (outcome.successful()) {
      Answer.json(ctx.request(), 200, new JsonObject().put("status", "ok"));
      return;
    }
    JsonObject refused =
        new JsonObject()
            .put("error", "configuration_refused")
            .put("message", String.join("; ", outcome.problems()))
            .put("problems", new JsonArray(outcome.problems()));
    Answer.json(ctx.request(), 500, refused);
  }
}
