package dev.echosounder.dial;

import dev.echosounder.bus.Info;
import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.Protocol;
import dev.echosounder.settings.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What one probe has found so far, so that one that fails midway still tells what it saw. Used on
 * one event loop only.
 */
public final class Findings {

  private static final Set<Measure> OF_ALL_CONNECTIONS =
      EnumSet.of(Measure.DNS_LOOKUP_TIME, Measure.HTTP_REDIRECTS, Measure.OAUTH2_TOKEN_TIME);

  private final TargetId target;
  private final Protocol protocol;
  private final Timeline timeline;
  private final long startedAt;
  private final Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
  private final Map<Measure, Double> measures = new EnumMap<>(Measure.class);
  private final Map<Info, Map<String, String>> infos = new EnumMap<>(Info.class);
  private Optional<Phase> running = Optional.empty();
  private long runningSince;
  private OptionalInt statusCode = OptionalInt.empty();

  /** Nothing is found yet; the time of the probe begins. */
  public Findings(TargetId target, Protocol protocol, Timeline timeline) {
    this(target, protocol, timeline, System.nanoTime());
  }

  private Findings(TargetId target, Protocol protocol, Timeline timeline, long startedAt) {
    this.target = target;
    this.protocol = protocol;
    this.timeline = timeline;
    this.startedAt = startedAt;
  }

  /** Those of one of several ways on from here: what took time so far is time of each of them. */
  Findings branch() {
    leave();
    Findings branch = new Findings(target, protocol, timeline, startedAt);
    branch.phases.putAll(phases);
    return branch;
  }

  /** A phase begins, and the one before it ends. A phase entered again goes on. */
  public void enter(Phase phase) {
    leave();
    running = Optional.of(phase);
  }

  /** The running phase ends, if one runs. */
  public void leave() {
    long now = System.nanoTime();
    running.ifPresent(
        phase -> phases.merge(phase, Duration.ofNanos(now - runningSince), Duration::plus));
    running = Optional.empty();
    runningSince = now;
  }

  /** A new connection begins; what was found of the one before it no longer counts. */
  public void nextConnection() {
    measures.keySet().retainAll(OF_ALL_CONNECTIONS);
    infos.clear();
  }

  /** Keeps the status of an answer, instead of that of an earlier one. */
  public void statusCode(int code) {
    statusCode = OptionalInt.of(code);
  }

  /** Keeps a value, instead of one measured before. */
  public void measure(Measure measure, double value) {
    measures.put(measure, value);
  }

  /** 1 for true, 0 for false. */
  public void measure(Measure measure, boolean value) {
    measure(measure, value ? 1 : 0);
  }

  /** Keeps a copy of the labels, in their order. */
  public void info(Info info, Map<String, String> labels) {
    infos.put(info, Collections.unmodifiableMap(new LinkedHashMap<>(labels)));
  }

  /** Takes down in the timeline, where one is wanted, that something happened. */
  public void note(Supplier<String> text) {
    timeline.add(text);
  }

  /** What is taken down for people. */
  public Timeline timeline() {
    return timeline;
  }

  /** The probe ends now. */
  public ProbeResult conclude(Reason reason) {
    leave();
    Optional.ofNullable(phases.get(Phase.RESOLVE))
        .ifPresent(time -> measure(Measure.DNS_LOOKUP_TIME, time.toNanos() / 1e9));
    Duration duration = Duration.ofNanos(System.nanoTime() - startedAt);
    return new ProbeResult(
        target,
        protocol,
        Instant.now(),
        duration,
        reason,
        statusCode,
        phases,
        measures,
        infos,
        List.of());
  }
}
