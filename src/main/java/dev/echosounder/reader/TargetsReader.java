package dev.echosounder.reader;

import dev.echosounder.schema.KeyPath;
import dev.echosounder.schema.Problems;
import dev.echosounder.schema.Section;
import dev.echosounder.settings.DurationText;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.Protocol;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.Target;
import dev.echosounder.settings.TargetId;
import dev.echosounder.settings.TargetUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  private final TargetModules modules;
  private final UrlReader urls;
  private final Duration defaultInterval;
  private final Duration defaultTimeout;

  TargetsReader(Problems problems, Section root, TargetModules modules, UrlReader urls) {
    this.problems = problems;
    this.modules = modules;
    this.urls = urls;
    this.defaultInterval = root.duration("query_interval_in_seconds");
    this.defaultTimeout = root.duration("request_timeout_in_seconds");
  }

  /** The targets whose URL and module could be read; the others are problems. */
  List<Placed> read(Section root) {
    List<Optional<Placed>> read = new ArrayList<>();
    Optional<Module> module = modules.ofUrls(root);
    read.addAll(root.elements("urls", (place, url) -> shorthand(place, (String) url, module)));
    root.sections("targets").forEach(section -> read.add(target(section)));
    return read.stream().flatMap(Optional::stream).toList();
  }

  private Optional<Placed> shorthand(KeyPath place, String text, Optional<Module> module) {
    return urls.read(place, Protocol.HTTP, text)
        .flatMap(
            url ->
                module.map(
                    how ->
                        new Target(
                            new TargetId(url.shown(), Optional.empty(), Map.of()),
                            url,
                            how,
                            defaultInterval,
                            shortest(defaultTimeout, defaultInterval, module),
                            Map.of())))
        .map(target -> new Placed(place, target));
  }

  private Optional<Placed> target(Section section) {
    Optional<Module> module = modules.of(section);
    Duration interval = section.durationIfAny("interval").orElse(defaultInterval);
    TargetOptionsReader optionsReader = new TargetOptionsReader(problems, section);
    Optional<Duration> whileDown = optionsReader.intervalWhileDown(interval);
    Duration timeout =
        shortest(timeout(section, interval, whileDown), whileDown.orElse(interval), module);
    Target.Options options = optionsReader.read(timeout, whileDown);
    Map<String, Secret> headers = modules.headers(section, module);
    return module
        .flatMap(how -> url(section, how))
        .map(
            url ->
                new Target(
                    new TargetId(
                        url.shown(), section.text("name"), section.texts("labels", text -> text)),
                    url,
                    module.get(),
                    interval,
                    timeout,
                    headers,
                    options))
        .map(target -> new Placed(section.path(), target));
  }

  private Optional<TargetUrl> url(Section section, Module module) {
    return section
        .text("url")
        .flatMap(text -> urls.read(section.at("url"), module.protocol(), text));
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

  private static Duration shortest(Duration timeout, Duration interval, Optional<Module> module) {
    Duration bounded = timeout.compareTo(interval) < 0 ? timeout : interval;
    return module
        .flatMap(Module::timeout)
        .filter(own -> own.compareTo(bounded) < 0)
        .orElse(bounded);
  }
}
