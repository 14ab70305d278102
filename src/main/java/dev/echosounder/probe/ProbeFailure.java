package dev.echosounder.probe;

import dev.echosounder.bus.Reason;

/**
 * An expected failure on its way from a stage of a probe to the result. It has no stack trace: it
 * says something about a target, nothing about this code.
 */
final class ProbeFailure extends Exception {

  private final Reason reason;

  ProbeFailure(Reason reason) {
    this(reason, null);
  }

  ProbeFailure(Reason reason, Throwable cause) {
    super(reason.label(), cause, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
