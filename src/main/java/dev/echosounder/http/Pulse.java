package dev.echosounder.http;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.Nothing;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether every verticle answers. Each is asked once a second; what counts are unanswered questions
 * in a row, not time, so that a pause of the whole process (SIGSTOP, a long collection) is one
 * missed question and not an outage.
 */
final class Pulse {

  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** Unanswered questions in a row after which a verticle is degraded, its event loop blocked. */
  private static final int BLOCKED = 2;

  /** Unanswered questions in a row after which only a restart is expected to help. */
  private static final int DEAD = 10;

  private final Bus bus;
  private final Map<String, Beat> beats = new LinkedHashMap<>();

  /**
   * Starts asking, on the event loop of the verticle that calls, and ends with it.
   *
   * @param verticles the names that {@link Address#PING} is answered under
   */
  Pulse(Vertx vertx, List<String> verticles) {
    this.bus = Bus.of(vertx);
    verticles.forEach(verticle -> beats.put(verticle, new Beat()));
    vertx.setPeriodic(PERIOD.toMillis(), timer -> beats.forEach(this::ask));
  }

  private void ask(String verticle, Beat beat) {
    bus.request(Address.PING.of(verticle), Nothing.INSTANCE, PERIOD)
        .onSuccess(answer -> beat.answered())
        .onFailure(failure -> beat.missed(Bus.nobodyListens(failure)));
  }

  /** Whether every verticle answers. */
  boolean healthy() {
    return beats.values().stream().allMatch(beat -> beat.state().equals("ok"));
  }

  /** Whether none has been silent for so long that only a restart is expected to help. */
  boolean alive() {
    return beats.values().stream().allMatch(beat -> beat.missed < DEAD);
  }

  /** The state of each verticle: {@code ok}, {@code blocked} or {@code gone}. */
  Map<String, String> states() {
    Map<String, String> states = new LinkedHashMap<>();
    beats.forEach((verticle, beat) -> states.put(verticle, beat.state()));
    return states;
  }

  private static final class Beat {

    private int missed;
    private boolean gone;

    void answered() {
      missed = 0;
      gone = false;
    }

    void missed(boolean nobodyListens) {
      missed++;
      gone = nobodyListens;
    }

    String state() {
      if (missed < BLOCKED) {
        return "ok";
      }
      return gone ? "gone" : "blocked";
    }
  }
}
