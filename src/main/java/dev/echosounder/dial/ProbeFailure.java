package dev.echosounder.dial;

import dev.echosounder.bus.Reason;

/**
 * An expected failure on its way from a stage of a probe to the result. It has no stack trace: it
 * says something about a target, nothing about this code.
 */
public final class ProbeFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** One that its reason explains. */
  public ProbeFailure(Reason reason) {
    this(reason, reason.label(), null);
  }

  /** One that is explained by its cause. */
  public ProbeFailure(Reason reason, Throwable cause) {
    this(reason, reason.label() + (cause == null ? "" : " (" + cause.getMessage() + ")"), cause);
  }

  /**
   * @param explanation for people, without any secret
   */
  public ProbeFailure(Reason reason, String explanation) {
    this(reason, explanation, null);
  }

  private ProbeFailure(Reason reason, String explanation, Throwable cause) {
    super(explanation, cause, false, false);
    this.reason = reason;
  }

  /** Why the target is down. */
  public Reason reason() {
    return reason;
  }

  /** What happened, for the timeline of the probe. */
  public String explanation() {
    return getMessage();
  }
}
