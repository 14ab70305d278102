package dev.echosounder.bus;

import dev.echosounder.config.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The outcome of one finished probe. A failed probe is a result with a reason, never an error.
 *
 * @param target whose probe it was
 * @param checkedAt when the result was taken, by the wall clock
 * @param duration from the start of the probe until its outcome was known, by the monotonic clock
 * @param reason {@link Reason#OK} or why the target is down
 * @param statusCode of the last HTTP answer, if one was received
 * @param phases the phases that ran, the one under way at a failure included
 * @param measures what else was measured
 */
public record ProbeResult(
    TargetId target,
    Instant checkedAt,
    Duration duration,
    Reason reason,
    OptionalInt statusCode,
    Map<Phase, Duration> phases,
    Map<Measure, Double> measures)
    implements ProbeOutcome {

  public ProbeResult {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(checkedAt, "checkedAt");
    Objects.requireNonNull(duration, "duration");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(statusCode, "statusCode");
    phases = Map.copyOf(phases);
    measures = Map.copyOf(measures);
  }

  /** What was found, judged otherwise. */
  public ProbeResult judged(Reason verdict) {
    return new ProbeResult(target, checkedAt, duration, verdict, statusCode, phases, measures);
  }
}
