package dev.echosounder.probe;

import dev.echosounder.bus.ProbeResult;
import io.vertx.core.Future;

/** One protocol: how a target is probed and judged. */
interface Prober {

  /**
   * Probes once, on the event loop of the caller.
   *
   * @return never fails: a failed probe is a result with a reason; completes when the visit's
   *     deadline ends, at the latest, and by then nothing is sent any more
   */
  Future<ProbeResult> probe(Visit visit);
}
