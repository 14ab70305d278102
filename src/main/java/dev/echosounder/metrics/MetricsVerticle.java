package dev.echosounder.metrics;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.Nothing;
import dev.echosounder.bus.Page;
import dev.echosounder.bus.ProbeResults;
import dev.echosounder.bus.Scrape;
import dev.echosounder.settings.Settings;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics-refresh verticle: the only writer of application meters. It collects the totals of
 * the event loops and the prober on a timer, keeps the series of the targets, and answers with the
 * page.
 *
 * <p>One instance, on one event loop, which renders no more than the page of one probe: that of all
 * targets is made by worker threads from what is immutable.
 */
public final class MetricsVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(MetricsVerticle.class);

  private final PrometheusMeterRegistry registry;
  private final int loops;
  private final boolean prober;
  private final boolean tracing;
  private final SnapshotCollector collector;
  private final TargetTable targets = new TargetTable();

  private volatile Snapshot snapshot;
  private Duration interval;
  private long timer;
  private TotalsRefresh refresh;

  /**
   * A verticle that is not deployed yet.
   *
   * @param settings those in force at the start; later ones come over the bus
   * @param registry renders all families but those of targets; application families are added to it
   *     while the verticle runs
   * @param loops how many HTTP verticles answer {@link Address#ECHO_TOTALS}, numbered from 0
   * @param version of Echosounder, for {@code echosounder_build_info}
   */
  public MetricsVerticle(
      Settings settings, PrometheusMeterRegistry registry, int loops, String version) {
    this.registry = Objects.requireNonNull(registry, "registry");
    this.loops = loops;
    this.prober = settings.roles().contains(Settings.Role.PROBER);
    this.tracing = settings.tracing().on();
    this.interval = settings.metricsRefresh();
    keepTargets(settings);
    this.snapshot = Snapshot.start(targets.size(), Instant.now());
    this.collector = new SnapshotCollector(() -> snapshot, version);
  }

  @Override
  public Future<?> start() {
    registry.getPrometheusRegistry().register(collector);
    Bus bus = Bus.of(vertx);
    refresh = new TotalsRefresh(bus, loops, totals -> snapshot = snapshot.with(totals));
    if (prober) {
      refresh.also(Address.PROBER_TOTALS, totals -> snapshot = snapshot.with(totals));
    }
    if (tracing) {
      refresh.also(Address.TRACING_TOTALS, totals -> snapshot = snapshot.with(totals));
    }
    timer = vertx.setPeriodic(interval.toMillis(), id -> refresh.tick());
    return listen(bus);
  }

  @Override
  public Future<?> stop() {
    registry.getPrometheusRegistry().unregister(collector);
    return Future.succeededFuture();
  }

  private Future<?> listen(Bus bus) {
    PageRenderer renderer = new PageRenderer(registry);
    Scrapes scrapes = new Scrapes(form -> render(renderer, form));
    return Future.all(
        List.of(
            bus.listen(Address.SETTINGS, this::apply).completion(),
            bus.listen(Address.PROBE_RESULTS, this::take).completion(),
            bus.listen(Address.RELOADED, outcome -> snapshot = snapshot.with(outcome)).completion(),
            bus.listen(Address.DISCOVERED, found -> snapshot = snapshot.with(found)).completion(),
            bus.listen(Address.VITALS, vitals -> snapshot = snapshot.with(vitals)).completion(),
            bus.lend(Address.SCRAPE, scrapes::page).completion(),
            bus.answer(Address.FLUSH, asked -> refresh.flush()).completion(),
            bus.answer(
                    Address.PING.of("metrics"), asked -> Future.succeededFuture(Nothing.INSTANCE))
                .completion()));
  }

  private Future<Page> render(PageRenderer renderer, Scrape form) {
    List<TargetSeries> now = targets.now();
    return vertx
        .executeBlocking(() -> renderer.render(form, now), false)
        .onFailure(cause -> LOG.error("the metrics page could not be rendered", cause));
  }

  private void take(ProbeResults results) {
    results.verdicts().forEach(targets::take);
    results.retried().forEach(targets::count);
  }

  private void apply(Settings settings) {
    keepTargets(settings);
    snapshot = snapshot.withTargets(targets.size());
    if (!settings.metricsRefresh().equals(interval)) {
      interval = settings.metricsRefresh();
      vertx.cancelTimer(timer);
      timer = vertx.setPeriodic(interval.toMillis(), id -> refresh.tick());
    }
  }

  private void keepTargets(Settings settings) {
    targets.keep(prober ? settings.targets() : List.of());
  }
}
