package dev.echosounder.probe;

import dev.echosounder.bus.ProbeResult;
import dev.echosounder.settings.Target;
import dev.echosounder.settings.TargetId;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of one target: the turn in flight, of which there is never more than one, and the
 * newest results. Used on one event loop only.
 */
final class Watch {

  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  private final Target target;
  private final History history;
  private Optional<Flight> flight = Optional.empty();
  private Optional<ProbeResult> newest = Optional.empty();

  Watch(Target target, History history) {
    this.target = target;
    this.history = history;
  }

  Target target() {
    return target;
  }

  TargetId id() {
    return target.id();
  }

  History history() {
    return history;
  }

  Optional<Flight> flight() {
    return flight;
  }

  Optional<ProbeResult> newest() {
    return newest;
  }

  /** The time from one turn to the next, which may be shorter while the target is down. */
  Duration interval() {
    boolean down = newest.isPresent() && !newest.get().up();
    return down ? target.intervalWhileDown() : target.interval();
  }

  /** A turn has begun. */
  void departed(Flight started) {
    flight = Optional.of(started);
  }

  /** An attempt failed, and another one follows. */
  void retried(ProbeResult failed) {
    history.add(failed, false);
  }

  /** The turn is over. */
  void landed(ProbeResult result) {
    flight = Optional.empty();
    boolean changed = newest.map(before -> before.up() != result.up()).orElse(true);
    newest = Optional.of(result);
    history.add(result, true);
    if (changed) {
      logState(result);
    }
  }

  /** Ends the turn in flight, if there is one; its result is of no interest any more. */
  void abort() {
    flight.map(Flight::abort).ifPresent(Runnable::run);
  }

  private void logState(ProbeResult result) {
    String who = id().name().map(name -> name + " (" + id().url() + ")").orElse(id().url());
    long milliseconds = result.duration().toMillis();
    if (result.up()) {
      LOG.info("{} is up, in {} ms", who, milliseconds);
    } else {
      LOG.warn("{} is down: {}, after {} ms", who, result.reason().label(), milliseconds);
    }
  }
}
