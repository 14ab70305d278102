package dev.echosounder.protocol;

import dev.echosounder.bus.AddressOutcome;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.dial.Places;
import dev.echosounder.dial.Resolver;
import dev.echosounder.dial.Visit;
import dev.echosounder.settings.Target;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Probes every address of a target's name at once, the first {@link AddressOutcome#MOST} of them.
 * The target is up if it is up at each. Used on one event loop only.
 */
final class EveryAddress {

  private static final Comparator<ProbeResult> BY_DURATION =
      Comparator.comparing(ProbeResult::duration);

  private final Resolver resolver;
  private final Function<Visit, Future<ProbeResult>> probe;

  /**
   * @param probe visits one address; never fails
   */
  EveryAddress(Resolver resolver, Function<Visit, Future<ProbeResult>> probe) {
    this.resolver = resolver;
    this.probe = probe;
  }

  /**
   * Probes them. Fails where the name has no address, or none by the deadline.
   *
   * @param places of which one is taken already, for the question and the first address
   * @return the result at the address that failed first, else at the slowest one, with the outcome
   *     at each
   */
  Future<ProbeResult> probe(Visit visit, Places places) {
    Target target = visit.target();
    return visit
        .deadline()
        .bound(resolver.resolveAll(target.url().hostName(), target.module().options().ip(), visit))
        .onFailure(failure -> places.release())
        .compose(found -> probe(found.stream().distinct().toList(), visit, places));
  }

  private Future<ProbeResult> probe(List<InetAddress> found, Visit visit, Places places) {
    List<InetAddress> addresses = found.stream().limit(AddressOutcome.MOST).toList();
    visit.findings().note(() -> "probing %d of %d".formatted(addresses.size(), found.size()));
    List<Future<ProbeResult>> probes = new ArrayList<>();
    for (InetAddress address : addresses) {
      Visit pinned = visit.pinnedTo(address);
      Future<Boolean> place =
          probes.isEmpty() ? Future.succeededFuture(true) : places.take(visit.deadline());
      probes.add(place.compose(taken -> taken ? visit(pinned, places) : overload(pinned)));
    }
    return Future.all(probes)
        .map(
            done -> {
              List<ProbeResult> results = done.list();
              return worst(results).withAddresses(outcomes(addresses, results));
            });
  }

  private Future<ProbeResult> visit(Visit pinned, Places places) {
    if (pinned.deadline().isOver()) {
      places.release();
      return overload(pinned);
    }
    return probe.apply(pinned).onComplete(end -> places.release());
  }

  private static Future<ProbeResult> overload(Visit pinned) {
    return Future.succeededFuture(pinned.findings().conclude(Reason.OVERLOAD));
  }

  private static ProbeResult worst(List<ProbeResult> results) {
    return results.stream()
        .filter(result -> !result.up())
        .min(BY_DURATION)
        .or(() -> results.stream().max(BY_DURATION))
        .orElseThrow();
  }

  private static List<AddressOutcome> outcomes(
      List<InetAddress> addresses, List<ProbeResult> results) {
    return IntStream.range(0, results.size())
        .mapToObj(
            i ->
                new AddressOutcome(
                    NetUtil.toAddressString(addresses.get(i)),
                    results.get(i).reason(),
                    results.get(i).duration()))
        .toList();
  }
}
