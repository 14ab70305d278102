package dev.echosounder.protocol;

import dev.echosounder.dial.ProbeFailure;
import dev.echosounder.dial.Visit;
import io.vertx.core.Future;

/** One protocol: how a target is probed and judged. */
public interface Prober {

  /**
   * Probes once, on the event loop of the caller, and puts what it finds in the visit's findings.
   *
   * @return succeeds if the target is good; fails with a {@link ProbeFailure} that says why it is
   *     not. It need not watch the deadline, but when that ends nothing may be sent any more, and
   *     whatever was opened is closed.
   */
  Future<Void> probe(Visit visit);
}
