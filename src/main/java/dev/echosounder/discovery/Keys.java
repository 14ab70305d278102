package dev.echosounder.discovery;

import dev.echosounder.settings.TargetId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys in outputs of the targets taken so far. Their rule is that of the configuration: names
 * are unique and no target's URL, and targets that are shown by one URL all have names.
 */
final class Keys {

  private final Set<TargetId> ids = new HashSet<>();
  private final Set<String> names = new HashSet<>();

  /** Whether every target that is shown by this URL has a name. */
  private final Map<String, Boolean> urls = new HashMap<>();

  /** Whether this very target is taken. */
  boolean holds(TargetId id) {
    return ids.contains(id);
  }

  /** Why a target cannot be taken beside the others, if so. */
  Optional<String> objection(TargetId id) {
    Optional<String> name = id.name();
    if (name.filter(names::contains).isPresent()) {
      return Optional.of("another target has its name");
    }
    if (name.filter(text -> text.equals(id.url()) || urls.containsKey(text)).isPresent()) {
      return Optional.of("its name is the URL of a target");
    }
    if (names.contains(id.url())) {
      return Optional.of("its URL is the name of another target");
    }
    boolean allNamed = urls.getOrDefault(id.url(), true) && name.isPresent();
    return urls.containsKey(id.url()) && !allNamed
        ? Optional.of("another target is shown the same, and not each has a name")
        : Optional.empty();
  }

  void add(TargetId id) {
    ids.add(id);
    id.name().ifPresent(names::add);
    urls.merge(id.url(), id.name().isPresent(), Boolean::logicalAnd);
  }
}
