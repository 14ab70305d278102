package dev.echosounder.tracing;

import java.io.IOException;
import java.util.Set;

/** The collector answered, and not that it took the spans. */
final class Refusal extends IOException {

  private static final long serialVersionUID = 1;

  /** Those after which OTLP has a batch sent again. */
  private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

  private final int status;

  Refusal(int status) {
    super("it answered " + status);
    this.status = status;
  }

  /** Whether it may take them later. */
  boolean passes() {
    return PASSING.contains(status);
  }
}
