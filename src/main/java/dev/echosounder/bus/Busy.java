package dev.echosounder.bus;

/** A request is refused because too much is under way; a later one may be answered. */
public final class Busy extends Exception {

  private static final long serialVersionUID = 1L;

  /** What there is too much of. */
  public Busy(String message) {
    super(message, null, false, false);
  }
}
