package dev.echosounder.metrics;

import dev.echosounder.bus.DiscoveryTotals;
import dev.echosounder.bus.EchoTotals;
import dev.echosounder.bus.ProberTotals;
import dev.echosounder.bus.Reload;
import dev.echosounder.bus.TracingTotals;
import dev.echosounder.bus.Vitals;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * All that the service's own families are served from. One reference to it is read once for a page,
 * so that whatever a page says of one event loop was true at one moment.
 *
 * @param echo the newest totals of each event loop by its number
 * @param prober the newest totals of the prober, if it has given any
 * @param tracing the newest totals of tracing, if it is on and has given any
 * @param targets how many targets are in force
 * @param reloaded whether the configuration read last is in force
 * @param reloadedAt when a configuration was last put in force
 * @param discovered what discovery has found
 * @param vitals how the verticles were last
 */
record Snapshot(
    Map<Integer, EchoTotals> echo,
    Optional<ProberTotals> prober,
    Optional<TracingTotals> tracing,
    int targets,
    boolean reloaded,
    Instant reloadedAt,
    DiscoveryTotals discovered,
    Vitals vitals) {

  Snapshot {
    Objects.requireNonNull(discovered, "discovered");
    echo = Map.copyOf(echo);
  }

  /** That of a service which has just put its first configuration in force. */
  static Snapshot start(int targets, Instant now) {
    return new Snapshot(
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        targets,
        true,
        now,
        DiscoveryTotals.NONE,
        new Vitals(List.of()));
  }

  Snapshot with(EchoTotals totals) {
    Map<Integer, EchoTotals> all = new HashMap<>(echo);
    all.put(totals.loop(), totals);
    return new Snapshot(all, prober, tracing, targets, reloaded, reloadedAt, discovered, vitals);
  }

  Snapshot with(ProberTotals totals) {
    return new Snapshot(
        echo, Optional.of(totals), tracing, targets, reloaded, reloadedAt, discovered, vitals);
  }

  Snapshot with(TracingTotals totals) {
    return new Snapshot(
        echo, prober, Optional.of(totals), targets, reloaded, reloadedAt, discovered, vitals);
  }

  Snapshot withTargets(int count) {
    return new Snapshot(echo, prober, tracing, count, reloaded, reloadedAt, discovered, vitals);
  }

  Snapshot with(Reload.Outcome outcome) {
    return new Snapshot(
        echo,
        prober,
        tracing,
        targets,
        outcome.successful(),
        outcome.successful() ? outcome.at() : reloadedAt,
        discovered,
        vitals);
  }

  Snapshot with(DiscoveryTotals totals) {
    return new Snapshot(echo, prober, tracing, targets, reloaded, reloadedAt, totals, vitals);
  }

  Snapshot with(Vitals newest) {
    return new Snapshot(echo, prober, tracing, targets, reloaded, reloadedAt, discovered, newest);
  }
}
