package dev.echosounder.metrics;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.TargetId;
import dev.echosounder.testing.TestResult;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Results as a probe of a plain HTTP target has them. */
final class HttpResults {

  private static final Instant CHECKED_AT = Instant.parse("2026-11-21T18:00:00.120Z");
  private static final List<Measure> MEASURES =
      List.of(
          Measure.DNS_LOOKUP_TIME,
          Measure.IP_PROTOCOL,
          Measure.IP_ADDR_HASH,
          Measure.HTTP_CONTENT_LENGTH,
          Measure.HTTP_UNCOMPRESSED_BODY_LENGTH,
          Measure.HTTP_REDIRECTS,
          Measure.HTTP_SSL,
          Measure.HTTP_VERSION,
          Measure.FAILED_DUE_TO_REGEX);

  private HttpResults() {}

  /** One whose numbers have as many digits as measured ones. */
  static ProbeResult of(TargetId target) {
    long noise = Math.floorMod(target.hashCode(), 100_000);
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    for (Phase phase : List.of(Phase.RESOLVE, Phase.CONNECT, Phase.PROCESSING, Phase.TRANSFER)) {
      phases.put(phase, Duration.ofNanos(8_123_457L + noise));
    }
    Map<Measure, Double> measures = new EnumMap<>(Measure.class);
    MEASURES.forEach(measure -> measures.put(measure, 1.5 + noise));
    return TestResult.of(
        target,
        CHECKED_AT,
        Duration.ofNanos(41_700_000L + noise),
        Reason.OK,
        OptionalInt.of(200),
        phases,
        measures);
  }
}
