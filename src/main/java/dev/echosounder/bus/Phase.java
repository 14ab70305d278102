package dev.echosounder.bus;

import java.util.Locale;

/**
 * The parts of an HTTP probe's time, by blackbox_exporter's names; over redirects each is summed.
 */
public enum Phase {
  /** From the start until the host name is an address; absent for an address literal. */
  RESOLVE,
  /** The TCP handshake. */
  CONNECT,
  /** The TLS handshake; absent over plain HTTP. */
  TLS,
  /** From the connection being ready until the first byte of the answer. */
  PROCESSING,
  /** From the first byte of the answer to its last. */
  TRANSFER;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The value of the {@code phase} label and the key in JSON. */
  public String label() {
    return label;
  }
}
