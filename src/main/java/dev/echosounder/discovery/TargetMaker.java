package dev.echosounder.discovery;

import dev.echosounder.schema.BadDocumentException;
import dev.echosounder.settings.DurationText;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Target;
import dev.echosounder.settings.TargetId;
import dev.echosounder.settings.TargetUrl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes targets of groups by what the configuration says of modules, times and secrets.
 *
 * @param settings the configuration in force
 */
record TargetMaker(Settings settings) {

  /** The module of a group, if there is one of its name. */
  Optional<Module> module(Group group) {
    return Optional.ofNullable(settings.modules().get(group.module()));
  }

  /**
   * Checks every group whose module there is.
   *
   * @throws BadDocumentException if a target cannot be made
   */
  void check(List<Group> groups) throws BadDocumentException {
    for (Group group : groups) {
      Optional<Module> module = module(group);
      for (int i = 0; module.isPresent() && i < group.texts().size(); i++) {
        target(group, i, module.get());
      }
    }
  }

  /**
   * Makes one target of a group.
   *
   * @throws BadDocumentException if its text is none for the module, or its times do not fit
   */
  Target target(Group group, int index, Module module) throws BadDocumentException {
    TargetUrl url = url(group, index, module);
    Duration interval = group.interval().orElse(settings.discovery().interval());
    return new Target(
        new TargetId(url.shown(), group.name(), group.labels()),
        url,
        module,
        interval,
        timeout(group, interval, module),
        Map.of());
  }

  private TargetUrl url(Group group, int index, Module module) throws BadDocumentException {
    try {
      return TargetUrl.parseLeniently(
          module.protocol(), group.texts().get(index), settings.secretQueryParameters());
    } catch (IllegalArgumentException e) {
      // The text is not shown: where it is no URL, nobody knows which part is the password.
      throw new BadDocumentException(
          group.target(index) + ": got a text that is no target, " + e.getMessage());
    }
  }

  private Duration timeout(Group group, Duration interval, Module module)
      throws BadDocumentException {
    if (group.timeout().filter(own -> own.compareTo(interval) > 0).isPresent()) {
      throw GroupsReader.bad(
          group.label(Group.TIMEOUT),
          DurationText.format(group.timeout().get()),
          "no more than the interval, " + DurationText.format(interval));
    }
    Duration wanted = group.timeout().orElse(settings.discovery().timeout());
    Duration timeout = shorter(wanted, interval);
    return module.timeout().map(own -> shorter(own, timeout)).orElse(timeout);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
