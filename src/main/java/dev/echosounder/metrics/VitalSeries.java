package dev.echosounder.metrics;

import dev.echosounder.bus.Vitals;
import dev.echosounder.bus.Vitals.State;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/** The families that tell how the verticles are. */
final class VitalSeries {

  private VitalSeries() {}

  static List<MetricSnapshot> of(Vitals vitals) {
    return List.of(
        new GaugeSnapshot(
            SnapshotCollector.metadata(Meters.VERTICLE_UP),
            vitals.verticles().stream()
                .map(
                    vital ->
                        new GaugeDataPointSnapshot(
                            vital.state() == State.OK ? 1 : 0, labels(vital), null))
                .toList()),
        new CounterSnapshot(
            SnapshotCollector.metadata(Meters.VERTICLE_STALLS),
            vitals.verticles().stream()
                .map(vital -> new CounterDataPointSnapshot(vital.stalls(), labels(vital), null, 0L))
                .toList()));
  }

  private static Labels labels(Vitals.Vital vital) {
    return Labels.of("verticle", vital.verticle());
  }
}
