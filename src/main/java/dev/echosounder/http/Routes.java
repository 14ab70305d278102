package dev.echosounder.http;

import dev.echosounder.bus.Bus;
import dev.echosounder.bus.ProbePage;
import dev.echosounder.bus.Stage;
import dev.echosounder.settings.Settings;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Which reserved path is answered by what. Every other path is the echo's. */
final class Routes {

  private Routes() {}

  /**
   * The table, by path.
   *
   * @param probePages renders the page of a probe
   */
  static Map<String, Route> table(
      Vertx vertx,
      Pulse pulse,
      Supplier<Stage> stage,
      Supplier<Settings> settings,
      Function<ProbePage, ProbePage.Rendered> probePages) {
    Bus bus = Bus.of(vertx);
    Untaken untaken = Untaken.ofHeap();
    ProberDesk prober = new ProberDesk(vertx, untaken);
    HealthHandlers health = new HealthHandlers(pulse, stage, settings);
    return List.of(
            Route.get("/healthcheck", health::overall),
            Route.open("/healthcheck/live", health::live),
            Route.open("/healthcheck/ready", health::ready),
            Route.get("/queryurl", new NeedsProber(settings, new QueryHandler(prober, settings))),
            Route.get("/history", new NeedsProber(settings, new HistoryHandler(prober, settings))),
            Route.get(
                "/probe",
                new NeedsProber(settings, new ProbeHandler(vertx, prober, settings, probePages))),
            Route.get(
                "/metrics",
                new MetricsHandler(bus, untaken, settings.get().http().requestTimeout())),
            Route.get("/config", ctx -> ConfigHandlers.show(ctx, settings.get(), untaken)),
            Route.post("/-/reload", ctx -> ConfigHandlers.reload(ctx, bus)))
        .stream()
        .collect(Collectors.toUnmodifiableMap(Route::path, Function.identity()));
  }
}
