package dev.echosounder.bus;

import java.time.Duration;
import java.util.Objects;

/**
 * How the probe of one of a name's addresses ended.
 *
 * @param address in its canonical form
 * @param reason {@link Reason#OK} or why it is down
 * @param duration from the start until the outcome was known
 */
public record AddressOutcome(String address, Reason reason, Duration duration) {

  /** The most addresses of one name that are probed, and so the most series a name may have. */
  public static final int MOST = 16;

  public AddressOutcome {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(duration, "duration");
  }
}
