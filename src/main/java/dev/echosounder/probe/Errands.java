package dev.echosounder.probe;

import dev.echosounder.bus.Busy;
import dev.echosounder.bus.ProbeOnce;
import dev.echosounder.dial.Timeline;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Probes of targets that need not be configured, for somebody who waits. They take slots as far as
 * these are for probes on demand, and leave nothing behind. Who asks for the very probe that is
 * under way joins it. Used on one event loop only.
 */
final class Errands {

  /** Callers that may wait at once, however few slots there are. */
  private static final int LEAST_CALLERS = 64;

  private final Launcher launcher;
  private final Set<Flight> underWay = new HashSet<>();
  private final Map<ProbeOnce, Future<ProbeOnce.Report>> joinable = new HashMap<>();
  private int mostCallers = LEAST_CALLERS;
  private int callers;
  private long refused;
  private boolean stopped;

  Errands(Launcher launcher) {
    this.launcher = launcher;
  }

  /** Takes how many slots there are: twice as many callers may wait as get one at once. */
  void limit(int concurrency) {
    mostCallers = Math.max(LEAST_CALLERS, concurrency / 2);
  }

  /** How many callers were refused since the start. */
  long refused() {
    return refused;
  }

  /**
   * Probes once.
   *
   * @return fails when everything is ended, since there is no result then, and at once with {@link
   *     Busy} when as many callers wait as may
   */
  Future<ProbeOnce.Report> run(ProbeOnce asked) {
    if (stopped) {
      return stopping();
    }
    if (callers >= mostCallers) {
      refused++;
      return Future.failedFuture(new Busy("too many probes on demand are under way"));
    }
    callers++;
    return joined(asked).onComplete(end -> callers--);
  }

  /** One that tells how it went is its caller's own. */
  private Future<ProbeOnce.Report> joined(ProbeOnce asked) {
    if (asked.debug()) {
      return begin(asked, Timeline.on());
    }
    Future<ProbeOnce.Report> known = joinable.get(asked);
    if (known != null) {
      return known;
    }
    Future<ProbeOnce.Report> begun = begin(asked, Timeline.off());
    joinable.put(asked, begun);
    begun.onComplete(end -> joinable.remove(asked));
    return begun;
  }

  private Future<ProbeOnce.Report> begin(ProbeOnce asked, Timeline timeline) {
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
