package dev.echosounder.settings;

import java.util.Objects;

/**
 * Which of a name's addresses is dialled.
 *
 * @param preferred the family that is tried first
 * @param fallback whether the other family is dialled where the preferred one has no address or
 *     cannot be connected to
 */
public record IpChoice(Family preferred, boolean fallback) {

  /** blackbox_exporter's default: IPv6, else IPv4. */
  public static final IpChoice DEFAULT = new IpChoice(Family.IP6, true);

  public IpChoice {
    Objects.requireNonNull(preferred, "preferred");
  }

  /** The families of addresses. */
  public enum Family {
    IP4,
    IP6
  }
}
