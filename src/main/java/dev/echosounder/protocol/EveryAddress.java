package dev.echosounder.protocol;

import dev.echosounder.bus.AddressOutcome;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.dial.Resolver;
import dev.echosounder.dial.Visit;
import dev.echosounder.settings.Target;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import java.net.InetAddress;
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
   * @return the result at the address that failed first, else at the slowest one, with the outcome
   *     at each
   */
  Future<ProbeResult> probe(Visit visit) {
    Target target = visit.target();
    return visit
        .deadline()
        .bound(resolver.resolveAll(target.url().hostName(), target.module().options().ip(), visit))
        .compose(found -> probe(found.stream().distinct().toList(), visit));
  }

  private Future<ProbeResult> probe(List<InetAddress> found, Visit visit) {
    List<InetAddress> addresses = found.stream().limit(AddressOutcome.MOST).toList();
    visit.findings().note(() -> "probing %d of %d".formatted(addresses.size(), found.size()));
    List<Future<ProbeResult>> probes =
        addresses.stream().map(address -> probe.apply(visit.pinnedTo(address))).toList();
    return Future.all(probes)
        .map(
            done -> {
              List<ProbeResult> results = done.list();
              return worst(results).withAddresses(outcomes(addresses, results));
            });
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
