package dev.echosounder.dial;

import dev.echosounder.bus.Phase;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.HostText;
import dev.echosounder.settings.IpChoice;
import dev.echosounder.settings.IpChoice.Family;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * From the host of a URL to addresses: a literal, localhost, the hosts file, and else the name
 * servers, which are asked for each probe anew. Used on one event loop only; what it has open is
 * closed with the context.
 */
public final class Resolver {

  // RFC 8305 section 3: once the preferred family has answered, the other one has this long.
  private static final long PATIENCE_MS = 50;

  private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
  private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  private final ContextInternal context;
  private final HostsFile hosts;
  private final NameServers nameServers;

  /** One that asks on the event loop of a context, and ends with it. */
  public Resolver(ContextInternal context) {
    AddressResolverOptions options = context.owner().nameResolver().options();
    this.context = context;
    this.hosts = new HostsFile(context, options);
    this.nameServers = new NameServers(context, options);
    context.addCloseHook(
        closed -> {
          nameServers.close();
          closed.succeed();
        });
  }

  /**
   * The addresses of a host, the one to dial first first. A and AAAA are asked for at once; the
   * addresses of the preferred family come before the others, and without fallback they are the
   * only ones. Fails with {@link Reason#DNS} where there are none, and with {@link Reason#BLOCKED},
   * without a question, where the name is one that may not be dialled. An address that the visit is
   * pinned to is the one answer for the host of its target, without a question.
   *
   * @param host a name or an address literal, without brackets
   */
  public Future<List<InetAddress>> resolve(String host, IpChoice ip, Visit visit) {
    return resolve(host, ip, PATIENCE_MS, visit);
  }

  /**
   * The same, but where both families are wanted, both answers are waited for, for at most half of
   * the target's timeout: all addresses of the name, not only those that do to get there.
   */
  public Future<List<InetAddress>> resolveAll(String host, IpChoice ip, Visit visit) {
    return resolve(host, ip, visit.target().timeout().toMillis() / 2, visit);
  }

  private Future<List<InetAddress>> resolve(
      String host, IpChoice ip, long patienceMs, Visit visit) {
    if (visit.dialable().deniesName(host)) {
      return Future.failedFuture(
          new ProbeFailure(Reason.BLOCKED, "may not be dialled by its name: " + host));
    }
    Optional<InetAddress> pinned =
        visit.pinned().filter(address -> host.equalsIgnoreCase(visit.target().url().hostName()));
    if (pinned.isPresent()) {
      return Future.succeededFuture(List.of(pinned.get()));
    }
    Optional<InetAddress> literal = literal(host);
    if (literal.isPresent()) {
      return chosen(host, ip, List.of(literal.get()));
    }
    visit.findings().enter(Phase.RESOLVE);
    return (isLocalhost(host)
            ? chosen(host, ip, loopbacks(host))
            : lookUp(host, ip, patienceMs, visit))
        .onSuccess(found -> visit.findings().note(() -> host + " is " + AddressTexts.of(found)));
  }

  /** The address that a host is already, in any spelling, if it is one. */
  public static Optional<InetAddress> literal(String host) {
    return HostText.address(host);
  }

  // RFC 6761 section 6.3. A hosts file often names only one of the two, and servers listen on
  // either.
  private static boolean isLocalhost(String host) {
    String name = HostText.name(host);
    return name.equals("localhost") || name.endsWith(".localhost");
  }

  private static List<InetAddress> loopbacks(String host) {
    return List.of(address(host, LOOPBACK_4), address(host, LOOPBACK_6));
  }

  private static InetAddress address(String host, byte[] bytes) {
    try {
      return InetAddress.getByAddress(host, bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address of " + bytes.length + " bytes", e);
    }
  }

  private Future<List<InetAddress>> lookUp(String host, IpChoice ip, long patienceMs, Visit visit) {
    return hosts
        .addresses(host)
        .compose(
            known -> known.isEmpty() ? ask(host, ip, patienceMs, visit) : chosen(host, ip, known));
  }

  private Future<List<InetAddress>> ask(String host, IpChoice ip, long patienceMs, Visit visit) {
    visit.findings().note(() -> "asking for the addresses of " + host);
    Future<List<InetAddress>> preferred = ask(host, ip.preferred(), visit);
    if (!ip.fallback()) {
      return preferred;
    }
    Future<List<InetAddress>> others = ask(host, other(ip.preferred()), visit);
    return enough(preferred, others, patienceMs)
        .transform(
            end -> {
              List<InetAddress> found =
                  Stream.of(preferred, others)
                      .filter(Future::succeeded)
                      .flatMap(answer -> answer.result().stream())
                      .toList();
              return found.isEmpty() ? preferred : Future.succeededFuture(found);
            });
  }

  /** Completes when both have, or the preferred one has succeeded a while ago. */
  private Future<Void> enough(
      Future<List<InetAddress>> preferred, Future<List<InetAddress>> others, long patienceMs) {
    Promise<Void> enough = Promise.promise();
    Future.join(preferred, others).onComplete(both -> enough.tryComplete());
    preferred.onSuccess(
        found -> {
          if (!others.isComplete()) {
            long timer = context.setTimer(patienceMs, id -> enough.tryComplete());
            enough.future().onComplete(end -> context.owner().cancelTimer(timer));
          }
        });
    return enough.future();
  }

  private Future<List<InetAddress>> ask(String host, Family family, Visit visit) {
    PromiseInternal<List<InetAddress>> promise = context.promise();
    io.netty.util.concurrent.Future<List<InetAddress>> question = nameServers.ask(host, family);
    question.addListener(promise);
    visit.deadline().onEnd(() -> question.cancel(false));
    return promise
        .future()
        .onFailure(cause -> visit.findings().note(() -> family + ": " + cause.getMessage()))
        .recover(cause -> Future.failedFuture(new ProbeFailure(reason(cause), cause)));
  }

  private static Reason reason(Throwable cause) {
    return Shortage.isCauseOf(cause) ? Reason.OVERLOAD : Reason.DNS;
  }

  private static Future<List<InetAddress>> chosen(
      String host, IpChoice ip, List<InetAddress> known) {
    List<InetAddress> chosen =
        Stream.of(ip.preferred(), other(ip.preferred()))
            .limit(ip.fallback() ? 2 : 1)
            .flatMap(family -> known.stream().filter(address -> family(address) == family))
            .toList();
    return chosen.isEmpty()
        ? Future.failedFuture(
            new ProbeFailure(
                Reason.DNS,
                host + " is " + AddressTexts.of(known) + ", not of the family asked for"))
        : Future.succeededFuture(chosen);
  }

  private static Family family(InetAddress address) {
    return address instanceof Inet4Address ? Family.IP4 : Family.IP6;
  }

  private static Family other(Family family) {
    return family == Family.IP4 ? Family.IP6 : Family.IP4;
  }
}
