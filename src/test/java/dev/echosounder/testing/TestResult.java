package dev.echosounder.testing;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.Protocol;
import dev.echosounder.settings.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Results of probes over HTTP that found nothing beside what a test says. */
public final class TestResult {

  private TestResult() {}

  public static ProbeResult of(
      TargetId target,
      Instant checkedAt,
      Duration duration,
      Reason reason,
      OptionalInt statusCode,
      Map<Phase, Duration> phases,
      Map<Measure, Double> measures) {
    return new ProbeResult(
        target,
        Protocol.HTTP,
        checkedAt,
        duration,
        reason,
        statusCode,
        phases,
        measures,
        Map.of(),
        List.of());
  }
}
