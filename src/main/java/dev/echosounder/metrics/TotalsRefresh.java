package dev.echosounder.metrics;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.EchoTotals;
import dev.echosounder.bus.Nothing;
import dev.echosounder.bus.ProberTotals;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the totals of the event loops and the prober, one round at a time. Each reply is taken
 * as it comes; one that does not come costs nothing, since the next holds its counts too. For one
 * event loop.
 */
final class TotalsRefresh {

  private static final Logger LOG = LoggerFactory.getLogger(TotalsRefresh.class);

  /** An event loop answers in well under a millisecond, unless it is blocked. */
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final Bus bus;
  private final int loops;
  private final boolean prober;
  private final Consumer<EchoTotals> echoTotals;
  private final Consumer<ProberTotals> proberTotals;

  private Future<?> round = Future.succeededFuture();

  /**
   * Collects nothing until asked to.
   *
   * @param loops the HTTP verticles are numbered from 0 up to this, exclusive
   * @param prober whether there is a prober
   */
  TotalsRefresh(
      Bus bus,
      int loops,
      boolean prober,
      Consumer<EchoTotals> echoTotals,
      Consumer<ProberTotals> proberTotals) {
    this.bus = bus;
    this.loops = loops;
    this.prober = prober;
    this.echoTotals = echoTotals;
    this.proberTotals = proberTotals;
  }

  /** Begins a round, unless the last is still under way. */
  void tick() {
    if (round.isComplete()) {
      round = collect();
    }
  }

  /**
   * Begins a round after the one under way, whose replies may be older than this call.
   *
   * @return done when the totals of every event loop are taken; fails if one did not answer
   */
  Future<Nothing> flush() {
    Future<Nothing> flushed = round.transform(ended -> collect()).map(Nothing.INSTANCE);
    round = flushed;
    return flushed;
  }

  private Future<?> collect() {
    Future<?> ofProber = prober ? askProber() : Future.succeededFuture();
    Future<?> ofLoops = Future.join(IntStream.range(0, loops).mapToObj(this::askLoop).toList());
    return Future.join(ofLoops, ofProber);
  }

  private Future<EchoTotals> askLoop(int loop) {
    return bus.request(Address.ECHO_TOTALS.of("" + loop), Nothing.INSTANCE, TIMEOUT)
        .onSuccess(echoTotals::accept)
        .onFailure(cause -> LOG.debug("no totals of event loop {}: {}", loop, cause.getMessage()));
  }

  private Future<ProberTotals> askProber() {
    return bus.request(Address.PROBER_TOTALS, Nothing.INSTANCE, TIMEOUT)
        .onSuccess(proberTotals::accept)
        .onFailure(cause -> LOG.debug("no totals of the prober: {}", cause.getMessage()))
        .otherwiseEmpty();
  }
}
