package dev.echosounder.bus;

/**
 * The message that says no more than that it came: a question without parameters, an
 * acknowledgement.
 */
public record Nothing() {

  /** The one instance that is needed. */
  public static final Nothing INSTANCE = new Nothing();
}
