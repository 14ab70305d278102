package dev.echosounder.metrics;

import static dev.echosounder.bus.Phase.CONNECT;
import static dev.echosounder.bus.Phase.PROCESSING;
import static dev.echosounder.bus.Phase.RESOLVE;
import static dev.echosounder.bus.Phase.TLS;
import static dev.echosounder.bus.Phase.TRANSFER;

import dev.echosounder.bus.Phase;
import dev.echosounder.settings.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the phases of a probe are called on a page, each phase in one part: blackbox_exporter's
 * families and names; for TCP, where it has none, ours.
 *
 * @param family with the label {@code phase}
 * @param parts the values of that label
 */
record PhaseNames(Family family, List<Part> parts) {

  private static final PhaseNames HTTP =
      new PhaseNames(
          Meters.PROBE_HTTP_PHASES,
          List.of(
              new Part("resolve", Set.of(RESOLVE)),
              new Part("connect", Set.of(CONNECT)),
              new Part("tls", Set.of(TLS)),
              new Part("processing", Set.of(PROCESSING)),
              new Part("transfer", Set.of(TRANSFER))));

  private static final PhaseNames TCP =
      new PhaseNames(
          Meters.PROBE_TCP_PHASES,
          List.of(
              new Part("resolve", Set.of(RESOLVE)),
              new Part("connect", Set.of(CONNECT)),
              new Part("tls", Set.of(TLS)),
              new Part("processing", Set.of(PROCESSING, TRANSFER))));

  private static final PhaseNames DNS =
      new PhaseNames(
          Meters.PROBE_DNS_PHASES,
          List.of(
              new Part("resolve", Set.of(RESOLVE)),
              new Part("connect", Set.of(CONNECT, TLS)),
              new Part("request", Set.of(PROCESSING, TRANSFER))));

  private static final PhaseNames GRPC =
      new PhaseNames(
          Meters.PROBE_GRPC_PHASES,
          List.of(
              new Part("resolve", Set.of(RESOLVE)),
              new Part("check", Set.of(CONNECT, TLS, PROCESSING, TRANSFER))));

  PhaseNames {
    parts = List.copyOf(parts);
  }

  /** Those of a protocol. */
  static PhaseNames of(Protocol protocol) {
    return switch (protocol) {
      case HTTP -> HTTP;
      case TCP -> TCP;
      case DNS -> DNS;
      case GRPC -> GRPC;
    };
  }

  /** Phases that are shown as one. */
  record Part(String label, Set<Phase> phases) {

    Part {
      phases = Set.copyOf(phases);
    }

    /** The time they took together; empty if none of them ran. */
    Optional<Duration> time(Map<Phase, Duration> ran) {
      return phases.stream()
          .flatMap(phase -> Optional.ofNullable(ran.get(phase)).stream())
          .reduce(Duration::plus);
    }
  }
}
