package dev.echosounder.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One URL to probe on a schedule. Two equal targets are the same target: a reload leaves its
 * schedule alone.
 *
 * @param id the label set of its series, unique in a configuration
 * @param url where to send the probe
 * @param module how to probe and how to judge the answer
 * @param interval the time from one turn to the next, at least one millisecond
 * @param timeout the deadline of one probe, from name resolution to the last byte; the module's
 *     where that is shorter; never longer than the interval
 * @param headers sent with each probe, after the module's; a later one of the same name wins
 * @param options what else is asked of this target alone
 */
public record Target(
    TargetId id,
    TargetUrl url,
    Module module,
    Duration interval,
    Duration timeout,
    Map<String, Secret> headers,
    Options options) {

  public Target {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(module, "module");
    headers = Map.copyOf(headers);
    Objects.requireNonNull(options, "options");
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException("interval: got " + interval + ", expected at least 1ms");
    }
    if (timeout.toMillis() < 1 || timeout.compareTo(interval) > 0) {
      throw new IllegalArgumentException(
          "timeout: got " + timeout + ", expected from 1ms to the interval");
    }
    Duration whileDown = options.intervalWhileDown().orElse(interval);
    if (whileDown.compareTo(timeout) < 0 || whileDown.compareTo(interval) > 0) {
      throw new IllegalArgumentException(
          "interval while down: got " + whileDown + ", expected from the timeout to the interval");
    }
  }

  /** A target with the default options. */
  public Target(
      TargetId id,
      TargetUrl url,
      Module module,
      Duration interval,
      Duration timeout,
      Map<String, Secret> headers) {
    this(id, url, module, interval, timeout, headers, Options.DEFAULT);
  }

  /** The time from one turn to the next while the target is down. */
  public Duration intervalWhileDown() {
    return options.intervalWhileDown().orElse(interval);
  }

  /**
   * What a target may have that blackbox_exporter's modules do not.
   *
   * @param failIfSlowerThan a good answer that took longer than this is down
   * @param retries how often a failing probe is tried again before the target is called down
   * @param retryInterval the time from a failure to the next try
   * @param intervalWhileDown the time from one turn to the next while the target is down, if it is
   *     not the interval; from the timeout to the interval
   * @param histogram whether the durations of its probes are counted in buckets
   * @param allAddresses whether every address of its name is probed, each at once, and all must be
   *     good
   * @param trace whether its probes are traced, and it is told by {@code traceparent}, where
   *     tracing is on
   */
  public record Options(
      Optional<Duration> failIfSlowerThan,
      int retries,
      Duration retryInterval,
      Optional<Duration> intervalWhileDown,
      boolean histogram,
      boolean allAddresses,
      boolean trace) {

    /** Those of a target that asks for nothing. */
    public static final Options DEFAULT =
        new Options(
            Optional.empty(), 0, Duration.ofSeconds(1), Optional.empty(), false, false, true);

    public Options {
      Objects.requireNonNull(failIfSlowerThan, "failIfSlowerThan");
      Objects.requireNonNull(intervalWhileDown, "intervalWhileDown");
      if (retries < 0 || retryInterval.toMillis() < 1) {
        throw new IllegalArgumentException(
            "got %d retries, %s apart, expected 0 or more, at least 1ms apart"
                .formatted(retries, retryInterval));
      }
    }
  }
}
