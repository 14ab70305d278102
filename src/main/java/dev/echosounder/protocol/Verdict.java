package dev.echosounder.protocol;

import dev.echosounder.bus.Measure;
import dev.echosounder.dial.Findings;
import dev.echosounder.dial.ProbeFailure;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/**
 * What was found when an answer was looked at.
 *
 * @param failure why it is not good, if it is not
 * @param measures what was measured with it
 * @param shown the beginning of its body, for people
 */
record Verdict(
    Optional<ProbeFailure> failure, Map<Measure, Double> measures, Optional<String> shown) {

  Verdict {
    measures = Map.copyOf(measures);
  }

  /** Takes it down; fails with the failure. */
  Future<Void> report(Findings findings) {
    measures.forEach(findings::measure);
    shown.ifPresent(findings.timeline()::body);
    return failure.<Future<Void>>map(Future::failedFuture).orElseGet(Future::succeededFuture);
  }
}
