package dev.echosounder.http;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.Vitals;
import dev.echosounder.bus.Vitals.State;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the {@link PulseVerticle} told last, and whether it still does. Used on one event loop only.
 */
final class Pulse {

  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** The name under which it shows that nothing is told any more. */
  private static final String ITSELF = "pulse";

  /** Periods without a word after which what was told last is worth nothing. */
  private static final int SILENT = 3;

  private Vitals newest = new Vitals(List.of());
  private int silence;

  /** Listens on the event loop of the verticle that calls, and ends with it. */
  Pulse(Vertx vertx) {
    Bus.of(vertx).listen(Address.VITALS, this::take);
    vertx.setPeriodic(PERIOD.toMillis(), timer -> silence++);
  }

  private void take(Vitals vitals) {
    newest = vitals;
    silence = 0;
  }

  private boolean silent() {
    return silence > SILENT && !newest.verticles().isEmpty();
  }

  /** Whether every verticle answers. */
  boolean healthy() {
    return newest.healthy() && !silent();
  }

  /** Whether none has been silent for so long that only a restart is expected to help. */
  boolean alive() {
    return newest.alive();
  }

  /** The state of each verticle: {@code ok}, {@code blocked} or {@code gone}. */
  Map<String, String> states() {
    Map<String, String> states = new LinkedHashMap<>();
    newest.verticles().forEach(vital -> states.put(vital.verticle(), vital.state().label()));
    if (silent()) {
      states.put(ITSELF, State.BLOCKED.label());
    }
    return states;
  }
}
