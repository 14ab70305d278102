package dev.echosounder.reader;

import dev.echosounder.schema.Problems;
import dev.echosounder.schema.Section;
import dev.echosounder.settings.DurationText;
import dev.echosounder.settings.Target;
import java.time.Duration;
import java.util.Optional;

/** Reads what a target may have beyond its module, and checks it against the target's times. */
record TargetOptionsReader(Problems problems, Section section) {

  /**
   * Reads the options.
   *
   * @param timeout the one in force
   * @param whileDown what {@link #intervalWhileDown} read
   */
  Target.Options read(Duration timeout, Optional<Duration> whileDown) {
    Target.Options defaults = Target.Options.DEFAULT;
    return new Target.Options(
        failIfSlowerThan(timeout),
        section.has("retries") ? section.number("retries") : defaults.retries(),
        section.durationIfAny("retry_interval").orElse(defaults.retryInterval()),
        whileDown,
        section.flag("histogram", false),
        section.flag("probe_all_ips", false),
        section.flag("trace", defaults.trace()));
  }

  /**
   * Reads the interval while down, which must not be longer than the interval. It is read before
   * the timeout, which it bounds as the interval does.
   */
  Optional<Duration> intervalWhileDown(Duration interval) {
    Optional<Duration> whileDown = section.durationIfAny("interval_while_down");
    boolean tooLong = whileDown.filter(time -> time.compareTo(interval) > 0).isPresent();
    if (tooLong && !problems.knows(section.at("interval"))) {
      problems.add(
          section.at("interval_while_down"),
          DurationText.format(whileDown.get()),
          "no more than the interval, " + DurationText.format(interval));
    }
    return tooLong ? Optional.empty() : whileDown;
  }

  private Optional<Duration> failIfSlowerThan(Duration timeout) {
    Optional<Duration> limit = section.durationIfAny("fail_if_slower_than");
    if (limit.isPresent()
        && limit.get().compareTo(timeout) >= 0
        && !problems.knows(section.at("timeout"))
        && !problems.knows(section.at("interval"))) {
      problems.add(
          section.at("fail_if_slower_than"),
          DurationText.format(limit.get()),
          "less than the timeout, " + DurationText.format(timeout));
    }
    return limit;
  }
}
