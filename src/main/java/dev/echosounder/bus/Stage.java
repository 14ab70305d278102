package dev.echosounder.bus;

/** The stages of the service's life that its HTTP verticles are led through, in this order. */
public enum Stage {
  /** Everything is answered, but not every verticle runs: not ready. */
  STARTING,
  /** Everything is answered: ready. */
  RUNNING,
  /** Everything is answered, and clients are told to close their connections: not ready. */
  CLOSING,
  /** Echo requests are refused; health and metrics are answered: not ready. */
  DRAINED
}
