package dev.echosounder.metrics;

import dev.echosounder.bus.AddressOutcome;
import dev.echosounder.bus.Info;
import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.ProbeResults;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.Protocol;
import dev.echosounder.settings.TargetId;
import dev.echosounder.testing.TestResult;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Probe results for tests. */
final class Results {

  static final Instant CHECKED_AT = Instant.parse("2026-11-21T18:00:00.120Z");

  private Results() {}

  /** As the prober tells of it. */
  static ProbeResults told(ProbeResult verdict) {
    return new ProbeResults(List.of(verdict), List.of());
  }

  static TargetId target(String url) {
    return new TargetId(url, Optional.empty(), Map.of());
  }

  static TargetId target(int number) {
    return new TargetId(
        "https://service-%d.example.org/health/ready".formatted(number),
        Optional.of("service-" + number),
        Map.of("team", "team-" + number % 20));
  }

  /** An up target, probed over HTTP, with every phase, measure, info, and two addresses. */
  static ProbeResult full(TargetId target) {
    return full(target, Protocol.HTTP);
  }

  /** An up target with every phase, measure, info, and two addresses. */
  static ProbeResult full(TargetId target, Protocol protocol) {
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      phases.put(phase, Duration.ofNanos(8_123_457L + target.hashCode() % 100_000));
    }
    Map<Measure, Double> measures = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      measures.put(measure, 2.0);
    }
    Map<Info, Map<String, String>> infos = new EnumMap<>(Info.class);
    for (Info info : Info.values()) {
      infos.put(info, labels(info));
    }
    return new ProbeResult(
        target,
        protocol,
        CHECKED_AT,
        Duration.ofNanos(41_700_000L + target.hashCode() % 100_000),
        Reason.OK,
        OptionalInt.of(200),
        phases,
        measures,
        infos,
        List.of(
            new AddressOutcome("192.0.2.1", Reason.OK, Duration.ofMillis(41)),
            new AddressOutcome("2001:db8::1", Reason.REFUSED, Duration.ofMillis(2))));
  }

  private static Map<String, String> labels(Info info) {
    List<String> names = info == Info.EXPECT ? List.of("banner", "release") : info.labels();
    Map<String, String> labels = new LinkedHashMap<>();
    names.forEach(name -> labels.put(name, "some " + name));
    return labels;
  }

  /** A target whose connection was refused. */
  static ProbeResult refused(TargetId target) {
    return TestResult.of(
        target,
        CHECKED_AT,
        Duration.ofMillis(3),
        Reason.REFUSED,
        OptionalInt.empty(),
        Map.of(Phase.CONNECT, Duration.ofMillis(2)),
        Map.of());
  }
}
