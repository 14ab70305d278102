package dev.echosounder.probe;

import dev.echosounder.bus.Busy;
import dev.echosounder.bus.ProbeOnce;
import dev.echosounder.dial.Timeline;
import dev.echosounder.settings.KnownSecrets;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Probes of targets that need not be configured, for somebody who waits. They take slots as far as
 * these are for probes on demand, and leave nothing behind. Who asks for the very probe that is
 * under way joins it; when the last of those has left, it ends. Used on one event loop only.
 */
final class Errands {

  /** Callers that may wait at once, however few slots there are. */
  private static final int LEAST_CALLERS = 64;

  private final Launcher launcher;
  private final Set<Errand> underWay = new HashSet<>();
  private final Map<ProbeOnce, Errand> joinable = new HashMap<>();
  private final Map<String, Errand> byCaller = new HashMap<>();
  private int mostCallers = LEAST_CALLERS;
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
    if (byCaller.size() >= mostCallers) {
      refused++;
      return Future.failedFuture(new Busy("too many probes on demand are under way"));
    }
    // One that tells how it went is its caller's own.
    Errand errand = asked.debug() ? begin(asked) : joined(asked.ofAnyone());
    errand.waiting++;
    byCaller.put(asked.id(), errand);
    return errand.report.onComplete(end -> byCaller.remove(asked.id()));
  }

  private Errand joined(ProbeOnce asked) {
    Errand known = joinable.get(asked);
    if (known != null) {
      return known;
    }
    Errand errand = begin(asked);
    joinable.put(asked, errand);
    errand.report.onComplete(end -> joinable.remove(asked, errand));
    return errand;
  }

  private Errand begin(ProbeOnce asked) {
    Timeline timeline = asked.debug() ? Timeline.on() : Timeline.off();
    if (timeline.isOn()) {
      timeline.hide(new KnownSecrets(asked.target()).texts());
    }
    Flight flight = launcher.launch(asked.target(), asked.dialable(), timeline, asked.trace());
    Errand errand = new Errand(flight, report(flight, timeline));
    underWay.add(errand);
    flight.result().onComplete(end -> underWay.remove(errand));
    return errand;
  }

  private Future<ProbeOnce.Report> report(Flight flight, Timeline timeline) {
    return flight
        .result()
        .compose(
            result ->
                stopped
                    ? stopping()
                    : Future.succeededFuture(
                        new ProbeOnce.Report(result, timeline.lines(), timeline.body())));
  }

  /** Ends a probe that nobody waits for any more. */
  void leave(ProbeOnce.Left left) {
    Errand errand = byCaller.remove(left.id());
    if (errand != null && --errand.waiting == 0) {
      joinable.values().remove(errand);
      errand.flight.abort().run();
    }
  }

  /** Ends what is under way, and takes nothing more. */
  void stop() {
    stopped = true;
    Set.copyOf(underWay).forEach(errand -> errand.flight.abort().run());
  }

  private static Future<ProbeOnce.Report> stopping() {
    return Future.failedFuture("the prober is stopping");
  }

  /** A probe, and how many wait for it. */
  private static final class Errand {

    private final Flight flight;
    private final Future<ProbeOnce.Report> report;
    private int waiting;

    private Errand(Flight flight, Future<ProbeOnce.Report> report) {
      this.flight = flight;
      this.report = report;
    }
  }
}
