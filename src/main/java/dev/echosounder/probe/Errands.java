package dev.echosounder.probe;

import dev.echosounder.bus.ProbeOnce;
import dev.echosounder.dial.Timeline;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.Set;

/**
 * Probes of targets that need not be configured, for somebody who waits. They take slots like any
 * probe and leave nothing behind. Two of the same target are two probes. Used on one event loop
 * only.
 */
final class Errands {

  private final Launcher launcher;
  private final Set<Flight> underWay = new HashSet<>();
  private boolean stopped;

  Errands(Launcher launcher) {
    this.launcher = launcher;
  }

  /**
   * Probes once.
   *
   * @return fails only when everything is ended, since there is no result then
   */
  Future<ProbeOnce.Report> run(ProbeOnce asked) {
    if (stopped) {
      return stopping();
    }
    Timeline timeline = asked.debug() ? Timeline.on() : Timeline.off();
    Flight flight = launcher.launch(asked.target(), asked.dialable(), timeline, asked.trace());
    underWay.add(flight);
    return flight
        .result()
        .onComplete(end -> underWay.remove(flight))
        .compose(
            result ->
                stopped
                    ? stopping()
                    : Future.succeededFuture(
                        new ProbeOnce.Report(result, timeline.lines(), timeline.body())));
  }

  /** Ends what is under way, and takes nothing more. */
  void stop() {
    stopped = true;
    Set.copyOf(underWay).forEach(flight -> flight.abort().run());
  }

  private static Future<ProbeOnce.Report> stopping() {
    return Future.failedFuture("the prober is stopping");
  }
}
