package dev.echosounder.probe;

import dev.echosounder.settings.Target;
import dev.echosounder.settings.TargetId;
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

  /**
   * Puts these targets in force. The watch over a target that stays equal is kept, the history of
   * one whose identity stays as well.
   *
   * @param historyResults how many results each history keeps
   */
  Change apply(List<Target> targets, int historyResults) {
    Map<TargetId, Watch> gone = new HashMap<>(watches);
    Map<TargetId, Watch> next = new LinkedHashMap<>();
    List<Watch> fresh = new ArrayList<>();
    for (Target target : targets) {
      Watch known = watches.get(target.id());
      if (known != null && known.target().equals(target)) {
        next.put(target.id(), gone.remove(target.id()));
      } else {
        History past = known == null ? new History(historyResults) : known.history();
        Watch watch = new Watch(target, past);
        fresh.add(watch);
        next.put(target.id(), watch);
      }
    }
    watches = next;
    watches.values().forEach(watch -> watch.history().limit(historyResults));
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

  /**
   * The watches over the targets of this name and this URL, as configured or as shown; every one
   * where neither is given.
   */
  List<Watch> matching(Optional<String> name, Optional<String> url) {
    return watches.values().stream()
        .filter(watch -> name.isEmpty() || name.equals(watch.id().name()))
        .filter(watch -> url.map(watch.target().url()::matches).orElse(true))
        .toList();
  }
}
