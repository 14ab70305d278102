package dev.echosounder.settings;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How to probe and how to judge the answer, by blackbox_exporter's module schema. Targets and
 * {@code /probe} refer to a module by its name.
 *
 * @param name the key under {@code modules}
 * @param timeout the module's own bound on one probe, if any; the shorter of it and the target's is
 *     in force
 * @param options those of its protocol
 */
public record Module(String name, Optional<Duration> timeout, ProbeOptions options) {

  /** The name of the module that exists without being configured. */
  public static final String DEFAULT_NAME = "http_2xx";

  public Module {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(timeout, "timeout");
    Objects.requireNonNull(options, "options");
  }

  /** The module that exists without being configured: GET, any 2xx, redirects followed. */
  public static Module http2xx() {
    return new Module(DEFAULT_NAME, Optional.empty(), HttpOptions.DEFAULT);
  }

  /** What it speaks. */
  public Protocol protocol() {
    return options.protocol();
  }

  /** This module with other options. */
  public Module with(ProbeOptions other) {
    return new Module(name, timeout, other);
  }
}
