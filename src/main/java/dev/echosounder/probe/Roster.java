package dev.echosounder.probe;

import dev.echosounder.bus.ProbeNow;
import dev.echosounder.config.Target;
import dev.echosounder.config.TargetId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The targets in force, in the order of the configuration. Used on one event loop only. */
final class Roster {

  private Map<TargetId, Watch> watches = Map.of();

  /**
   * What a new configuration changes. A target that is not equal to the one it replaces is both
   * gone and new.
   */
  record Change(Collection<Watch> gone, Collection<Watch> fresh) {}

  /** Puts these targets in force; the watch over a target that stays equal is kept. */
  Change apply(List<Target> targets) {
    Map<TargetId, Watch> gone = new HashMap<>(watches);
    Map<TargetId, Watch> next = new LinkedHashMap<>();
    List<Watch> fresh = new ArrayList<>();
    for (Target target : targets) {
      Watch known = watches.get(target.id());
      if (known != null && known.target().equals(target)) {
        next.put(target.id(), gone.remove(target.id()));
      } else {
        Watch watch = new Watch(target);
        fresh.add(watch);
        next.put(target.id(), watch);
      }
    }
    watches = next;
    return new Change(gone.values(), fresh);
  }

  /** The watch over a target, if it is in force. */
  Optional<Watch> find(TargetId id) {
    return Optional.ofNullable(watches.get(id));
  }

  /** Whether this very watch is in force, neither removed nor replaced. */
  boolean holds(Watch watch) {
    return watches.get(watch.id()) == watch;
  }

  /** The watches over the targets that are asked for. */
  List<Watch> matching(ProbeNow asked) {
    return watches.values().stream()
        .filter(watch -> asked.name().isEmpty() || asked.name().equals(watch.id().name()))
        .filter(watch -> asked.url().map(watch.target().url()::matches).orElse(true))
        .toList();
  }
}
