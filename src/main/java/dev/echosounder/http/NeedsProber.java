package dev.echosounder.http;

import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Settings.Role;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/** A route that only an instance with the prober role can answer; others say where to ask. */
record NeedsProber(Supplier<Settings> settings, Handler<RoutingContext> route)
    implements Handler<RoutingContext> {

  @Override
  public void handle(RoutingContext ctx) {
    if (settings.get().roles().contains(Role.PROBER)) {
      route.handle(ctx);
    } else {
      Answer.error(
          ctx.request(),
          404,
          "not_found",
          "this instance has no prober: ask one whose roles include prober");
    }
  }
}
