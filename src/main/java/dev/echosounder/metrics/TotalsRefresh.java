package dev.echosounder.metrics;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.EchoTotals;
import dev.echosounder.bus.Nothing;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the totals of the event loops and of whoever else counts, one round at a time. Each
 * reply is taken as it comes; one that does not come costs nothing, since the next holds its counts
 * too. For one event loop.
 */
final class TotalsRefresh {

  private static final Logger LOG = LoggerFactory.getLogger(TotalsRefresh.class);

  /** An event loop answers in well under a millisecond, unless it is blocked. */
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final Bus bus;
  private final int loops;
  private final Consumer<EchoTotals> echoTotals;
  private final List<Supplier<Future<?>>> others = new ArrayList<>();

  private Future<?> round = Future.succeededFuture();

  /**
   * Collects nothing until asked to.
   *
   * @param loops the HTTP verticles are numbered from 0 up to this, exclusive
   */
  TotalsRefresh(Bus bus, int loops, Consumer<EchoTotals> echoTotals) {
    this.bus = bus;
    this.loops = loops;
    this.echoTotals = echoTotals;
  }

  /** Collects these totals as well, from whoever answers at the address. */
  <T> void also(Address<Nothing, T> address, Consumer<T> totals) {
    others.add(() -> ask(address, totals).otherwiseEmpty());
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
    Stream<Future<?>> ofOthers = others.stream().map(Supplier::get);
    Stream<Future<?>> ofLoops =
        IntStream.range(0, loops)
            .mapToObj(loop -> ask(Address.ECHO_TOTALS.of("" + loop), echoTotals));
    return Future.join(Stream.concat(ofLoops, ofOthers).toList());
  }

  private <T> Future<T> ask(Address<Nothing, T> address, Consumer<T> totals) {
    return bus.request(address, Nothing.INSTANCE, TIMEOUT)
        .onSuccess(totals::accept)
        .onFailure(cause -> LOG.debug("no {}: {}", address.name(), cause.getMessage()));
  }
}
