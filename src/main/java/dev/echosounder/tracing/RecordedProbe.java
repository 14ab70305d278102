package dev.echosounder.tracing;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Optional;

/** The span of an attempt that is traced. */
record RecordedProbe(Span span) implements ProbeSpan {

  @Override
  public Optional<TraceContext> context() {
    return Optional.of(W3c.write(span.getSpanContext()));
  }

  @Override
  public void end(ProbeResult result) {
    span.setAttribute(SpanAttribute.REASON.key(), result.reason().label());
    result
        .statusCode()
        .ifPresent(status -> span.setAttribute(SpanAttribute.STATUS.key(), (long) status));
    measured(result, Measure.HTTP_REDIRECTS, SpanAttribute.REDIRECTS);
    measured(result, Measure.GRPC_STATUS_CODE, SpanAttribute.RPC_STATUS);
    result
        .phases()
        .forEach(
            (phase, time) ->
                span.setAttribute(SpanAttribute.PHASES.get(phase).key(), time.toNanos() / 1e9));
    if (!result.up()) {
      span.setAttribute(SpanAttribute.ERROR.key(), result.reason().label());
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }

  private void measured(ProbeResult result, Measure measure, SpanAttribute<Long> attribute) {
    Optional.ofNullable(result.measures().get(measure))
        .ifPresent(value -> span.setAttribute(attribute.key(), value.longValue()));
  }
}
