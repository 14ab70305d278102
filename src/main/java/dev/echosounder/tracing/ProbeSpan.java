package dev.echosounder.tracing;

import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.TraceContext;
import java.util.Optional;

/** The span of one attempt to probe a target, over all its redirects. */
public interface ProbeSpan {

  /** That of a probe that has nothing to do with tracing. */
  ProbeSpan NONE = new NoSpan();

  /** What the target is told; one that is not sampled says so. */
  Optional<TraceContext> context();

  /** The attempt is over. */
  void end(ProbeResult result);
}
