package dev.echosounder.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A result that is kept: without measures, in 88 bytes of heap, since there may be a million of
 * them. Times are to the millisecond, phases to seven digits. Immutable.
 */
public final class PastResult implements ProbeOutcome {

  private static final List<Phase> ALL_PHASES = List.of(Phase.values());
  private static final int NO_STATUS = 0;

  private final long number;
  private final long checkedAt;
  private final long duration;
  private final Reason reason;
  private final short statusCode;
  private final boolean last;
  private final float[] phases;

  private PastResult(long number, ProbeOutcome outcome, boolean last) {
    this.number = number;
    this.last = last;
    this.checkedAt = outcome.checkedAt().toEpochMilli();
    this.duration = outcome.duration().toNanos();
    this.reason = outcome.reason();
    this.statusCode = (short) outcome.statusCode().orElse(NO_STATUS);
    this.phases = new float[ALL_PHASES.size()];
    for (int i = 0; i < phases.length; i++) {
      Duration time = outcome.phases().get(ALL_PHASES.get(i));
      phases[i] = time == null ? Float.NaN : (float) time.toNanos();
    }
  }

  /**
   * What is kept of a result.
   *
   * @param number its place among the results of its target; a later result has a greater one
   * @param last whether it is the verdict on the target, not an attempt that another one followed
   */
  public static PastResult of(long number, ProbeOutcome outcome, boolean last) {
    return new PastResult(number, outcome, last);
  }

  /** Its place among the results of its target; a later result has a greater one. */
  public long number() {
    return number;
  }

  /** Whether it is the verdict on the target, not an attempt that another one followed. */
  public boolean isLast() {
    return last;
  }

  @Override
  public Instant checkedAt() {
    return Instant.ofEpochMilli(checkedAt);
  }

  @Override
  public Duration duration() {
    return Duration.ofNanos(duration);
  }

  @Override
  public Reason reason() {
    return reason;
  }

  @Override
  public OptionalInt statusCode() {
    return statusCode == NO_STATUS ? OptionalInt.empty() : OptionalInt.of(statusCode);
  }

  @Override
  public Map<Phase, Duration> phases() {
    Map<Phase, Duration> ran = new EnumMap<>(Phase.class);
    for (int i = 0; i < phases.length; i++) {
      if (!Float.isNaN(phases[i])) {
        ran.put(ALL_PHASES.get(i), Duration.ofNanos((long) phases[i]));
      }
    }
    return ran;
  }
}
