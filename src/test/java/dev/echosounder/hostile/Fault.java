package dev.echosounder.hostile;

import dev.echosounder.bus.Reason;

/**
 * Something a target does to its prober.
 *
 * @param kind what the target speaks, or where it fails
 * @param name what it does
 * @param url where it is
 * @param keys further keys of the target in YAML
 * @param reason how the probe has to end
 */
record Fault(String kind, String name, String url, String keys, Reason reason) {

  /** How long a probe has that is expected to end by itself, however slow the machine is. */
  private static final String LONG = "20s";

  private static final String SHORT = "4s";

  /** The target in a configuration. */
  String yaml(int number) {
    return "  - {name: f%d, url: \"%s\", timeout: %s%s}\n"
        .formatted(number, url, timeout(), keys.isEmpty() ? "" : ", " + keys);
  }

  /** Whether only the deadline ends the probe. */
  boolean staysOn() {
    return reason == Reason.TIMEOUT;
  }

  private String timeout() {
    return staysOn() ? SHORT : LONG;
  }
}
