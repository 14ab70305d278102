package dev.echosounder.bus;

import dev.echosounder.settings.Protocol;
import dev.echosounder.settings.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The outcome of one finished probe. A failed probe is a result with a reason, never an error.
 *
 * @param target whose probe it was
 * @param protocol what was spoken
 * @param checkedAt when the result was taken, by the wall clock
 * @param duration from the start of the probe until its outcome was known, by the monotonic clock
 * @param reason {@link Reason#OK} or why the target is down
 * @param statusCode of the last HTTP answer, if one was received
 * @param phases the phases that ran, the one under way at a failure included
 * @param measures what else was measured
 * @param infos what else was found, each with its labels in order
 * @param addresses one for each address that was probed, where all of a name are; no more than
 *     {@link AddressOutcome#MOST}
 */
public record ProbeResult(
    TargetId target,
    Protocol protocol,
    Instant checkedAt,
    Duration duration,
    Reason reason,
    OptionalInt statusCode,
    Map<Phase, Duration> phases,
    Map<Measure, Double> measures,
    Map<Info, Map<String, String>> infos,
    List<AddressOutcome> addresses)
    implements ProbeOutcome {

  public ProbeResult {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(checkedAt, "checkedAt");
    Objects.requireNonNull(duration, "duration");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(statusCode, "statusCode");
    phases = Map.copyOf(phases);
    measures = Map.copyOf(measures);
    infos = Map.copyOf(infos);
    addresses = List.copyOf(addresses);
  }

  /** What was found, judged otherwise. */
  public ProbeResult judged(Reason verdict) {
    return new ProbeResult(
        target,
        protocol,
        checkedAt,
        duration,
        verdict,
        statusCode,
        phases,
        measures,
        infos,
        addresses);
  }

  /** What was found, with the outcome of each address. */
  public ProbeResult withAddresses(List<AddressOutcome> outcomes) {
    return new ProbeResult(
        target,
        protocol,
        checkedAt,
        duration,
        reason,
        statusCode,
        phases,
        measures,
        infos,
        outcomes);
  }
}
