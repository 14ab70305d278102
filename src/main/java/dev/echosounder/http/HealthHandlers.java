package dev.echosounder.http;

import dev.echosounder.bus.Stage;
import dev.echosounder.settings.Settings;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** The health of the service itself, which never depends on that of its targets. */
final class HealthHandlers {

  private final Pulse pulse;
  private final Supplier<Stage> stage;
  private final Supplier<Settings> settings;

  HealthHandlers(Pulse pulse, Supplier<Stage> stage, Supplier<Settings> settings) {
    this.pulse = pulse;
    this.stage = stage;
    this.settings = settings;
  }

  /** Ok if every verticle runs and answers. */
  void overall(RoutingContext ctx) {
    if (stage.get() == Stage.RUNNING && !pulse.healthy()) {
      answer(ctx, Status.DEGRADED, pulse.states());
    } else {
      answer(ctx, status(), pulse.states());
    }
  }

  /**
   * Ok unless a verticle has been silent so long that a restart is the cure; a stop is not an
   * illness.
   */
  void live(RoutingContext ctx) {
    boolean stopping = stage.get().compareTo(Stage.CLOSING) >= 0;
    answer(ctx, stopping || pulse.alive() ? Status.OK : Status.DEGRADED, pulse.states());
  }

  /** Ok from the moment every verticle runs until the stop begins. */
  void ready(RoutingContext ctx) {
    answer(ctx, status(), Map.of("stage", stage.get().name().toLowerCase(Locale.ROOT)));
  }

  private Status status() {
    return switch (stage.get()) {
      case STARTING -> Status.STARTING;
      case RUNNING -> Status.OK;
      case CLOSING, DRAINED -> Status.STOPPING;
    };
  }

  private void answer(RoutingContext ctx, Status status, Map<String, String> checks) {
    JsonObject json =
        new JsonObject()
            .put("app_name", settings.get().appName())
            .put("app_status", status.name().toLowerCase(Locale.ROOT));
    if (status != Status.OK) {
      JsonObject details = new JsonObject();
      checks.forEach(details::put);
      json.put("checks", details);
    }
    Answer.json(ctx.request(), status == Status.OK ? 200 : 503, json);
  }

  private enum Status {
    OK,
    STARTING,
    STOPPING,
    DEGRADED
  }
}
