package dev.echosounder.probe;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.config.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What one probe has found so far, so that one that fails midway still tells what it saw. Used on
 * one event loop only.
 */
final class Findings {

  private static final Set<Measure> OF_ONE_CONNECTION =
      EnumSet.complementOf(EnumSet.of(Measure.DNS_LOOKUP_TIME, Measure.HTTP_REDIRECTS));

  private final TargetId target;
  private final long startedAt = System.nanoTime();
  private final Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
  private final Map<Measure, Double> measures = new EnumMap<>(Measure.class);
  private Optional<Phase> running = Optional.empty();
  private long runningSince;
  private OptionalInt statusCode = OptionalInt.empty();

  Findings(TargetId target) {
    this.target = target;
  }

  /** A phase begins, and the one before it ends. A phase entered again goes on. */
  void enter(Phase phase) {
    leave();
    running = Optional.of(phase);
  }

  /** The running phase ends, if one runs. */
  void leave() {
    long now = System.nanoTime();
    running.ifPresent(
        phase -> phases.merge(phase, Duration.ofNanos(now - runningSince), Duration::plus));
    running = Optional.empty();
    runningSince = now;
  }

  /** A new connection begins; what was measured of the one before it no longer counts. */
  void nextConnection() {
    measures.keySet().removeAll(OF_ONE_CONNECTION);
  }

  void statusCode(int code) {
    statusCode = OptionalInt.of(code);
  }

  void measure(Measure measure, double value) {
    measures.put(measure, value);
  }

  /** The probe ends now. */
  ProbeResult conclude(Reason reason) {
    leave();
    Optional.ofNullable(phases.get(Phase.RESOLVE))
        .ifPresent(time -> measure(Measure.DNS_LOOKUP_TIME, time.toNanos() / 1e9));
    Duration duration = Duration.ofNanos(System.nanoTime() - startedAt);
    return new ProbeResult(target, Instant.now(), duration, reason, statusCode, phases, measures);
  }
}
