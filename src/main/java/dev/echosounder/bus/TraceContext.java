package dev.echosounder.bus;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where in a trace a request stands, as the headers of W3C Trace Context say it. One that was
 * received has been bounded but not validated.
 *
 * @param traceparent the value of {@value #TRACEPARENT}
 * @param tracestate the value of {@value #TRACESTATE}, if there is one
 */
public record TraceContext(String traceparent, Optional<String> tracestate) {

  /** The header that names trace and parent. */
  public static final String TRACEPARENT = "traceparent";

  /** The header of what tracing systems add for themselves. */
  public static final String TRACESTATE = "tracestate";

  /** Version 00 has 55 characters; later ones may have more. */
  private static final int LONGEST_PARENT = 128;

  /**
   * What W3C Trace Context (section 3.3.1.5) wants propagated at least; it is not cut but dropped.
   */
  private static final int LONGEST_STATE = 512;

  public TraceContext {
    Objects.requireNonNull(traceparent, "traceparent");
    Objects.requireNonNull(tracestate, "tracestate");
  }

  /**
   * What a request says of itself.
   *
   * @param parents the values of {@value #TRACEPARENT}; none, several or a long one is no context
   * @param states the values of {@value #TRACESTATE}, which are one list; a long one is none
   */
  public static Optional<TraceContext> received(List<String> parents, List<String> states) {
    if (parents.size() != 1 || parents.get(0).length() > LONGEST_PARENT) {
      return Optional.empty();
    }
    String state = String.join(",", states);
    boolean fits = !state.isBlank() && state.length() <= LONGEST_STATE;
    return Optional.of(
        new TraceContext(parents.get(0), fits ? Optional.of(state) : Optional.empty()));
  }
}
