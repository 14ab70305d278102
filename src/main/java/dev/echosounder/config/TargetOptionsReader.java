package dev.echosounder.config;

import java.time.Duration;
import java.util.Optional;

/** Reads what a target may have beyond its module, and checks it against the target's times. */
record TargetOptionsReader(Problems problems, Section section) {

  /**
   * Reads the options.
   *
   * @param timeout the one in force
   */
  Target.Options read(Duration timeout) {
    Target.Options defaults = Target.Options.DEFAULT;
    return new Target.Options(
        failIfSlowerThan(timeout),
        section.has("retries") ? section.number("retries") : defaults.retries(),
        section.durationIfAny("retry_interval").orElse(defaults.retryInterval()));
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
