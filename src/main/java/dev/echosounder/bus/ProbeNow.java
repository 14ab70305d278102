package dev.echosounder.bus;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks the prober to probe configured targets now. Both filters empty means every target.
 *
 * @param name only targets of this name
 * @param url only targets of this URL, as configured or as shown
 * @param deadline the longest time the reply may take
 */
public record ProbeNow(Optional<String> name, Optional<String> url, Duration deadline) {

  public ProbeNow {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(deadline, "deadline");
  }
}
