package dev.echosounder.discovery;

import dev.echosounder.bus.DiscoveryTotals.Mechanism;
import dev.echosounder.schema.BadDocumentException;
import dev.echosounder.schema.KeyPath;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Target;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configured targets and after them the discovered ones, which are left out where they cannot
 * stand beside those before them. Making one takes its time where there are any; not for use by two
 * threads.
 */
final class Union {

  private final TargetMaker maker;
  private final Keys keys = new Keys();
  private final List<Target> targets = new ArrayList<>();
  private final Map<Mechanism, Integer> taken = new EnumMap<>(Mechanism.class);
  private final Map<Mechanism, Integer> leftOut = new EnumMap<>(Mechanism.class);
  private final Set<String> warnings = new LinkedHashSet<>();

  private Union(Settings settings) {
    maker = new TargetMaker(settings);
    targets.addAll(settings.targets());
  }

  /** Puts configured and discovered targets together. */
  static Union of(Settings settings, List<Sources.Told> told) {
    Union union = new Union(settings);
    if (told.isEmpty()) {
      return union;
    }
    settings.targets().forEach(target -> union.keys.add(target.id()));
    told.forEach(source -> source.groups().forEach(group -> union.add(source.source(), group)));
    return union;
  }

  /** All of them: the configured ones, then the discovered ones by source. */
  List<Target> targets() {
    return targets;
  }

  /** How many targets a mechanism has added. */
  int taken(Mechanism mechanism) {
    return taken.getOrDefault(mechanism, 0);
  }

  /** How many targets of a mechanism are left out. */
  int leftOut(Mechanism mechanism) {
    return leftOut.getOrDefault(mechanism, 0);
  }

  /** Which are left out and why, each one line without secrets. */
  Set<String> warnings() {
    return warnings;
  }

  private void add(Source source, Group group) {
    Optional<Module> module = maker.module(group);
    if (module.isEmpty()) {
      String name = KeyPath.ROOT.key(group.module()).toString();
      leaveOut(source, group.texts().size(), group.place() + " names the unknown module " + name);
      return;
    }
    for (int i = 0; i < group.texts().size(); i++) {
      add(source, group, i, module.get());
    }
  }

  private void add(Source source, Group group, int index, Module module) {
    try {
      Target target = maker.target(group, index, module);
      if (!keys.holds(target.id())) {
        keys.objection(target.id())
            .ifPresentOrElse(
                why -> leaveOut(source, 1, target.id().url() + ": " + why),
                () -> take(source, target));
      }
    } catch (BadDocumentException e) {
      // It could be made when its source was read, by another configuration.
      leaveOut(source, 1, e.getMessage());
    }
  }

  private void take(Source source, Target target) {
    keys.add(target.id());
    targets.add(target);
    taken.merge(source.mechanism(), 1, Integer::sum);
  }

  private void leaveOut(Source source, int count, String why) {
    leftOut.merge(source.mechanism(), count, Integer::sum);
    warnings.add(source + ": " + why);
  }
}
