package dev.echosounder.metrics;

import dev.echosounder.bus.Distribution;
import dev.echosounder.bus.EchoTotals.CodeTotal;
import dev.echosounder.bus.EchoTotals.MethodTotals;
import dev.echosounder.bus.Exemplar;
import dev.echosounder.bus.ProberTotals;
import dev.echosounder.metrics.Family.Scope;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Serves the service's own families, all of them from the one {@link Snapshot} that is the newest
 * when a page is asked for; so the counter of requests and the count of their histogram agree on
 * every page. The totals of the event loops are added up here, on the thread that renders.
 */
final class SnapshotCollector implements MultiCollector {

  private final Supplier<Snapshot> newest;
  private final Labels build;

  SnapshotCollector(Supplier<Snapshot> newest, String version) {
    this.newest = newest;
    this.build = Labels.of("version", version, "java_version", System.getProperty("java.version"));
  }

  /** So that the registry refuses any other collector of one of our names. */
  @Override
  public List<MetricFamilyDescriptor> getMetricFamilyDescriptors() {
    return Meters.ALL.stream()
        .filter(family -> family.scope() == Scope.SERVICE)
        .map(
            family ->
                MetricFamilyDescriptor.of(
                    family.type(), metadata(family), Set.copyOf(family.labels())))
        .toList();
  }

  @Override
  public MetricSnapshots collect() {
    Snapshot snapshot = newest.get();
    List<MetricSnapshot> families = new ArrayList<>();
    Map<String, MethodSum> methods = addUp(snapshot);
    families.add(requests(methods));
    families.add(durations(methods));
    families.add(refused(snapshot));
    snapshot.prober().ifPresent(totals -> addProber(families, totals));
    families.add(gauge(Meters.TARGETS, snapshot.targets()));
    families.add(gauge(Meters.RELOAD_SUCCESSFUL, snapshot.reloaded() ? 1 : 0));
    families.add(gauge(Meters.RELOAD_SUCCESS_TIME, snapshot.reloadedAt().toEpochMilli() / 1e3));
    families.addAll(DiscoverySeries.of(snapshot.discovered()));
    families.addAll(VitalSeries.of(snapshot.vitals()));
    snapshot.tracing().map(TracingSeries::of).ifPresent(families::addAll);
    families.add(
        new InfoSnapshot(metadata(Meters.BUILD_INFO), List.of(new InfoDataPointSnapshot(build))));
    return new MetricSnapshots(families);
  }

  private static Map<String, MethodSum> addUp(Snapshot snapshot) {
    Map<String, MethodSum> methods = new TreeMap<>();
    snapshot.echo().values().stream()
        .flatMap(totals -> totals.methods().stream())
        .forEach(totals -> methods.merge(totals.method(), MethodSum.of(totals), MethodSum::plus));
    return methods;
  }

  private static CounterSnapshot requests(Map<String, MethodSum> methods) {
    List<CounterDataPointSnapshot> points = new ArrayList<>();
    methods.forEach(
        (method, sum) ->
            sum.codes.forEach(
                (code, count) ->
                    points.add(
                        new CounterDataPointSnapshot(
                            count,
                            Labels.of("method", method, "code", Integer.toString(code)),
                            null,
                            0L))));
    return new CounterSnapshot(metadata(Meters.REQUESTS), points);
  }

  private static CounterSnapshot refused(Snapshot snapshot) {
    Map<String, Long> counts = new TreeMap<>();
    snapshot.echo().values().stream()
        .flatMap(totals -> totals.refused().stream())
        .forEach(refused -> counts.merge(refused.reason(), refused.count(), Long::sum));
    List<CounterDataPointSnapshot> points = new ArrayList<>();
    counts.forEach(
        (reason, count) ->
            points.add(new CounterDataPointSnapshot(count, Labels.of("reason", reason), null, 0L)));
    return new CounterSnapshot(metadata(Meters.REFUSED), points);
  }

  private static HistogramSnapshot durations(Map<String, MethodSum> methods) {
    List<HistogramDataPointSnapshot> points = new ArrayList<>();
    methods.forEach(
        (method, sum) ->
            points.add(
                histogramPoint(
                    sum.latency, Labels.of("method", method), exemplars(sum.exemplars))));
    return new HistogramSnapshot(metadata(Meters.REQUEST_DURATION), points);
  }

  private static void addProber(List<MetricSnapshot> families, ProberTotals totals) {
    families.add(gauge(Meters.PROBES_IN_FLIGHT, totals.inFlight()));
    families.add(counter(Meters.PROBES_SKIPPED, totals.skipped()));
    families.add(counter(Meters.PROBES_REFUSED, totals.refused()));
    families.add(
        new HistogramSnapshot(
            metadata(Meters.SCHEDULE_LAG),
            List.of(histogramPoint(totals.lag(), Labels.EMPTY, Exemplars.EMPTY))));
  }

  private static CounterSnapshot counter(Family family, long value) {
    return new CounterSnapshot(
        metadata(family),
        List.of(new CounterDataPointSnapshot((double) value, Labels.EMPTY, null, 0L)));
  }

  private static GaugeSnapshot gauge(Family family, double value) {
    return new GaugeSnapshot(
        metadata(family), List.of(new GaugeDataPointSnapshot(value, Labels.EMPTY, null)));
  }

  private static HistogramDataPointSnapshot histogramPoint(
      Distribution durations, Labels labels, Exemplars exemplars) {
    double[] bounds = Arrays.copyOf(durations.upperBounds(), durations.counts().length);
    bounds[bounds.length - 1] = Double.POSITIVE_INFINITY;
    return HistogramDataPointSnapshot.builder()
        .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, durations.counts()))
        .sum(durations.sumSeconds())
        .labels(labels)
        .exemplars(exemplars)
        .build();
  }

  private static Exemplars exemplars(List<Exemplar> newest) {
    return Exemplars.of(
        newest.stream()
            .map(
                exemplar ->
                    io.prometheus.metrics.model.snapshots.Exemplar.builder()
                        .value(exemplar.seconds())
                        .traceId(exemplar.traceId())
                        .spanId(exemplar.spanId())
                        .timestampMillis(exemplar.at().toEpochMilli())
                        .build())
            .toList());
  }

  static MetricMetadata metadata(Family family) {
    return new MetricMetadata(family.name(), family.help());
  }

  /** The answers to one method, over all event loops. */
  private record MethodSum(
      Map<Integer, Long> codes, Distribution latency, List<Exemplar> exemplars) {

    static MethodSum of(MethodTotals totals) {
      Map<Integer, Long> codes = new TreeMap<>();
      for (CodeTotal code : totals.codes()) {
        codes.merge(code.code(), code.count(), Long::sum);
      }
      return new MethodSum(codes, totals.latency(), totals.exemplars());
    }

    MethodSum plus(MethodSum other) {
      Map<Integer, Long> sums = new TreeMap<>(codes);
      other.codes.forEach((code, count) -> sums.merge(code, count, Long::sum));
      return new MethodSum(
          sums,
          latency.plus(other.latency),
          latency.newest(Stream.concat(exemplars.stream(), other.exemplars.stream())));
    }
  }
}
