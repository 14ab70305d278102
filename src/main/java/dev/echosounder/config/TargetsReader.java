package dev.echosounder.config;

import dev.echosounder.settings.DurationText;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.Target;
import dev.echosounder.settings.TargetId;
import dev.echosounder.settings.TargetUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code urls} and {@code targets}, one by one; {@link TargetKeys} looks at them together.
 */
final class TargetsReader {

  /**
   * A target and where it was read.
   *
   * @param place in the configuration
   */
  record Placed(KeyPath place, Target target) {}

  private final Problems problems;
  private final Map<String, Module> modules;
  private final Set<String> secretQueryParameters;
  private final Duration defaultInterval;
  private final Duration defaultTimeout;

  TargetsReader(
      Problems problems, Section root, Map<String, Module> modules, Set<String> secretParameters) {
    this.problems = problems;
    this.modules = modules;
    this.secretQueryParameters = secretParameters;
    this.defaultInterval = root.duration("query_interval_in_seconds");
    this.defaultTimeout = root.duration("request_timeout_in_seconds");
  }

  /** The targets whose URL could be read; the others are problems. */
  List<Placed> read(Section root) {
    List<Optional<Placed>> read = new ArrayList<>();
    read.addAll(root.elements("urls", (place, url) -> shorthand(place, (String) url)));
    root.sections("targets").forEach(section -> read.add(target(section)));
    return read.stream().flatMap(Optional::stream).toList();
  }

  private Optional<Placed> shorthand(KeyPath place, String text) {
    Module module = modules.get(Module.DEFAULT_NAME);
    return url(place, text)
        .map(
            url ->
                new Target(
                    new TargetId(url.shown(), Optional.empty(), Map.of()),
                    url,
                    module,
                    defaultInterval,
                    shortest(defaultTimeout, defaultInterval, module),
                    Map.of()))
        .map(target -> new Placed(place, target));
  }

  private Optional<Placed> target(Section section) {
    Module module = module(section);
    Duration interval = section.durationIfAny("interval").orElse(defaultInterval);
    TargetOptionsReader optionsReader = new TargetOptionsReader(problems, section);
    Optional<Duration> whileDown = optionsReader.intervalWhileDown(interval);
    Duration timeout =
        shortest(timeout(section, interval, whileDown), whileDown.orElse(interval), module);
    Target.Options options = optionsReader.read(timeout, whileDown);
    Map<String, Secret> headers = new HeadersReader(problems).read(section);
    return section
        .text("url")
        .flatMap(text -> url(section.at("url"), text))
        .map(
            url ->
                new Target(
                    new TargetId(
                        url.shown(), section.text("name"), section.texts("labels", text -> text)),
                    url,
                    module,
                    interval,
                    timeout,
                    headers,
                    options))
        .map(target -> new Placed(section.path(), target));
  }

  private Optional<TargetUrl> url(KeyPath place, String text) {
    try {
      return Optional.of(TargetUrl.parse(text, secretQueryParameters));
    } catch (IllegalArgumentException e) {
      // The text is not shown: where it is no URL, nobody knows which part is the password.
      problems.add(place, "a text that is none", withoutVerb(e.getMessage()));
      return Optional.empty();
    }
  }

  private static String withoutVerb(String message) {
    return message.startsWith("expected ") ? message.substring("expected ".length()) : message;
  }

  private Module module(Section section) {
    String name = section.text("module").orElse(Module.DEFAULT_NAME);
    Module module = modules.get(name);
    if (module != null) {
      return module;
    }
    KeyPath all = KeyPath.of("modules");
    if (!problems.knows(all) && !problems.knows(all.key(name))) {
      String hint =
          NearestKey.of(name, modules.keySet()).map(m -> " (did you mean " + m + "?)").orElse("");
      String got = KeyPath.ROOT.key(name).toString();
      problems.add(section.at("module"), "the unknown module " + got, "one of " + names() + hint);
    }
    return modules.get(Module.DEFAULT_NAME);
  }

  private String names() {
    return String.join(", ", modules.keySet().stream().sorted().toList());
  }

  private Duration timeout(Section section, Duration interval, Optional<Duration> whileDown) {
    Optional<Duration> own = section.durationIfAny("timeout");
    if (own.isPresent() && !problems.knows(section.at("interval"))) {
      checkTimeout(section, own.get(), "interval", interval);
      whileDown
          .filter(time -> own.get().compareTo(interval) <= 0)
          .ifPresent(time -> checkTimeout(section, own.get(), "interval_while_down", time));
    }
    return own.orElse(defaultTimeout);
  }

  private void checkTimeout(Section section, Duration timeout, String bound, Duration longest) {
    if (timeout.compareTo(longest) > 0) {
      problems.add(
          section.at("timeout"),
          DurationText.format(timeout),
          "no more than the " + bound + ", " + DurationText.format(longest));
    }
  }

  private static Duration shortest(Duration timeout, Duration interval, Module module) {
    Duration bounded = timeout.compareTo(interval) < 0 ? timeout : interval;
    return module.timeout().filter(own -> own.compareTo(bounded) < 0).orElse(bounded);
  }
}
