package dev.echosounder.metrics;

import dev.echosounder.bus.TracingTotals;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/** The families of tracing. */
final class TracingSeries {

  private TracingSeries() {}

  static List<MetricSnapshot> of(TracingTotals totals) {
    return List.of(
        new CounterSnapshot(
            SnapshotCollector.metadata(Meters.SPANS_EXPORTED),
            List.of(point(totals.exported(), Labels.EMPTY))),
        new CounterSnapshot(
            SnapshotCollector.metadata(Meters.SPANS_DROPPED),
            List.of(
                point(totals.failed(), Labels.of("reason", "export_failed")),
                point(totals.queueFull(), Labels.of("reason", "queue_full")))));
  }

  private static CounterDataPointSnapshot point(long count, Labels labels) {
    return new CounterDataPointSnapshot(count, labels, null, 0L);
  }
}
