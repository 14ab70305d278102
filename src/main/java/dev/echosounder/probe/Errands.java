package dev.echosounder.probe;

import dev.echosounder.bus.ProbeOnce;
import dev.echosounder.dial.Timeline;
import dev.echosounder.settings.KnownSecrets;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Probes of targets that need not be configured, for somebody who waits. They take slots like any
 * probe and leave nothing behind. Two of the same target are two probes. Used on one event loop
 * only.
 */
final class Errands {

  private final Launcher launcher;
  private final Map<String, Flight> underWay = new HashMap<>();
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
    if (timeline.isOn()) {
      timeline.hide(new KnownSecrets(asked.target()).texts());
    }
    Flight flight = launcher.launch(asked.target(), asked.dialable(), timeline);
    underWay.put(asked.id(), flight);
    return flight
        .result()
        .onComplete(end -> underWay.remove(asked.id()))
        .compose(
            result ->
                stopped
                    ? stopping()
                    : Future.succeededFuture(
                        new ProbeOnce.Report(result, timeline.lines(), timeline.body())));
  }

  /** Ends a probe that nobody waits for any more. */
  void leave(ProbeOnce.Left left) {
    Optional.ofNullable(underWay.get(left.id())).ifPresent(flight -> flight.abort().run());
  }

  /** Ends what is under way, and takes nothing more. */
  void stop() {
    stopped = true;
    List.copyOf(underWay.values()).forEach(flight -> flight.abort().run());
  }

  private static Future<ProbeOnce.Report> stopping() {
    return Future.failedFuture("the prober is stopping");
  }
}
