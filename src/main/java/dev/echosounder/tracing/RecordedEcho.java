package dev.echosounder.tracing;

import dev.echosounder.bus.Exemplar;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Instant;
import java.util.Optional;

/** The span of an echo request that is traced. */
record RecordedEcho(Span span) implements EchoSpan {

  @Override
  public void end(int status) {
    span.setAttribute(SpanAttribute.STATUS.key(), (long) status);
    if (status >= 500) {
      fail(Integer.toString(status));
    }
    span.end();
  }

  @Override
  public void abandon() {
    fail("client_gone");
    span.end();
  }

  private void fail(String type) {
    span.setAttribute(SpanAttribute.ERROR.key(), type);
    span.setStatus(StatusCode.ERROR);
  }

  @Override
  public Optional<Exemplar> exemplar(long nanos) {
    SpanContext context = span.getSpanContext();
    return Optional.of(
        new Exemplar(context.getTraceId(), context.getSpanId(), nanos / 1e9, Instant.now()));
  }
}
