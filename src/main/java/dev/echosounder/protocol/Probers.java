package dev.echosounder.protocol;

import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.dial.Places;
import dev.echosounder.dial.ProbeFailure;
import dev.echosounder.dial.Resolver;
import dev.echosounder.dial.Stages;
import dev.echosounder.dial.Visit;
import dev.echosounder.settings.Protocol;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.util.Map;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which protocol is probed by what. Used on one event loop only. */
public final class Probers {

  private static final Logger LOG = LoggerFactory.getLogger(Probers.class);

  private final Map<Protocol, Prober> probers;
  private final EveryAddress everyAddress;

  private Probers(Map<Protocol, Prober> probers, Resolver resolver) {
    this.probers = probers;
    this.everyAddress = new EveryAddress(resolver, this::visit);
  }

  /**
   * The probers of one event loop. A new protocol is one line here, and its file.
   *
   * @param context of the event loop
   * @param trust decides where a module names no authorities
   * @param userAgent sent unless a module has another
   */
  public static Probers of(
      ContextInternal context, X509ExtendedTrustManager trust, String userAgent) {
    Stages stages = Stages.on(context, trust);
    return new Probers(
        Map.of(
            Protocol.HTTP, new HttpProber(stages, userAgent),
            Protocol.TCP, new TcpProber(stages),
            Protocol.DNS, new DnsProber(stages),
            Protocol.GRPC, new GrpcProber(stages, userAgent)),
        stages.resolver());
  }

  /**
   * Probes once; every address of the name, where the target asks for that.
   *
   * @param places of which the caller has taken one for this, which is given back; every further
   *     address takes its own
   * @return never fails: a failed probe is a result with a reason; completes when the visit's
   *     deadline ends, at the latest
   */
  public Future<ProbeResult> probe(Visit visit, Places places) {
    return visit.target().options().allAddresses()
        ? everyAddress.probe(visit, places).otherwise(failure -> failed(failure, visit))
        : visit(visit).onComplete(end -> places.release());
  }

  private Future<ProbeResult> visit(Visit visit) {
    Future<Void> probe =
        Future.succeededFuture(probers.get(visit.target().module().protocol()))
            .compose(prober -> prober.probe(visit));
    return visit
        .deadline()
        .bound(probe)
        .map(good -> visit.findings().conclude(Reason.OK))
        .otherwise(failure -> failed(failure, visit));
  }

  private static ProbeResult failed(Throwable failure, Visit visit) {
    return visit.findings().conclude(reason(failure, visit));
  }

  private static Reason reason(Throwable failure, Visit visit) {
    if (failure instanceof ProbeFailure expected) {
      visit.findings().note(() -> "failed: " + expected.explanation());
      return expected.reason();
    }
    LOG.error("The probe of {} failed by a defect", visit.target().id().url(), failure);
    return Reason.INTERNAL;
  }
}
