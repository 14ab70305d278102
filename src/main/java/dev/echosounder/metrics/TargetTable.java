package dev.echosounder.metrics;

import dev.echosounder.bus.ProbeResult;
import dev.echosounder.settings.Target;
import dev.echosounder.settings.TargetId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The series of every target in force, in the order of the configuration. For one thread. */
final class TargetTable {

  private Map<TargetId, TargetSeries> series = Map.of();

  /** Keeps the series of these targets, drops all others, and begins those that are missing. */
  void keep(List<Target> targets) {
    Map<TargetId, TargetSeries> kept = new LinkedHashMap<>();
    for (Target target : targets) {
      TargetSeries known = series.get(target.id());
      TargetSeries current = known == null ? TargetSeries.of(target.id()) : known;
      kept.put(target.id(), current.withHistogram(target.options().histogram()));
    }
    series = kept;
  }

  /** Takes a result; one of a target that is not in force changes nothing. */
  void take(ProbeResult result) {
    series.computeIfPresent(result.target(), (id, before) -> before.after(result));
  }

  /** Takes a failure that is tried again; one of a target that is not in force changes nothing. */
  void count(ProbeResult retried) {
    series.computeIfPresent(retried.target(), (id, before) -> before.counting(retried));
  }

  /** How many targets there are. */
  int size() {
    return series.size();
  }

  /** The series as they are now, for any thread; takes time for references only. */
  List<TargetSeries> now() {
    return List.copyOf(series.values());
  }
}
