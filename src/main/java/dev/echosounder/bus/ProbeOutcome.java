package dev.echosounder.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;

/** What is told of every finished probe, new or kept. */
public sealed interface ProbeOutcome permits ProbeResult, PastResult {

  /** When the result was taken, by the wall clock. */
  Instant checkedAt();

  /** From the start of the probe until its outcome was known, by the monotonic clock. */
  Duration duration();

  /** {@link Reason#OK} or why the target is down. */
  Reason reason();

  /** That of the last HTTP answer, if one was received. */
  OptionalInt statusCode();

  /** The phases that ran, the one under way at a failure included. */
  Map<Phase, Duration> phases();

  /** Whether the target is up. */
  default boolean up() {
    return reason() == Reason.OK;
  }
}
