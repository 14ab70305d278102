package dev.echosounder.metrics;

import dev.echosounder.bus.DiscoveryTotals;
import dev.echosounder.bus.DiscoveryTotals.Counts;
import dev.echosounder.bus.DiscoveryTotals.Mechanism;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/** The families of discovery, each with one series for each mechanism. */
final class DiscoverySeries {

  private DiscoverySeries() {}

  static List<MetricSnapshot> of(DiscoveryTotals totals) {
    return List.of(
        gauge(Meters.DISCOVERED_TARGETS, totals, Counts::targets),
        gauge(Meters.DISCOVERY_LEFT_OUT, totals, Counts::leftOut),
        gauge(Meters.DISCOVERY_FAILING, totals, Counts::failing),
        new CounterSnapshot(
            SnapshotCollector.metadata(Meters.DISCOVERY_FAILURES),
            points(
                totals,
                Counts::failures,
                (value, labels) -> new CounterDataPointSnapshot(value, labels, null, 0L))));
  }

  private static GaugeSnapshot gauge(
      Family family, DiscoveryTotals totals, ToDoubleFunction<Counts> value) {
    return new GaugeSnapshot(
        SnapshotCollector.metadata(family),
        points(
            totals, value, (number, labels) -> new GaugeDataPointSnapshot(number, labels, null)));
  }

  private static <P> List<P> points(
      DiscoveryTotals totals, ToDoubleFunction<Counts> value, BiFunction<Double, Labels, P> point) {
    return Arrays.stream(Mechanism.values())
        .map(
            mechanism ->
                point.apply(
                    value.applyAsDouble(totals.counts().get(mechanism)),
                    Labels.of("mechanism", mechanism.label())))
        .toList();
  }
}
