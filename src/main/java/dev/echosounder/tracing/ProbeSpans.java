package dev.echosounder.tracing;

import dev.echosounder.bus.TraceContext;
import dev.echosounder.settings.Target;
import java.util.Optional;

/** Makes the spans of probes. Used on one event loop only. */
public interface ProbeSpans {

  /** No spans. */
  ProbeSpans OFF = (target, parent) -> ProbeSpan.NONE;

  /**
   * Begins the span of one attempt.
   *
   * @param parent that of the request that asks for the probe, if one does
   */
  ProbeSpan begin(Target target, Optional<TraceContext> parent);
}
