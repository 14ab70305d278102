package dev.echosounder.tracing;

import dev.echosounder.bus.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Trace contexts in the form of their headers. Baggage is neither read nor sent. */
final class W3c {

  private static final W3CTraceContextPropagator PROPAGATOR =
      W3CTraceContextPropagator.getInstance();

  private W3c() {}

  /**
   * Reads a context.
   *
   * @return an invalid one where {@code traceparent} is malformed; without state where {@code
   *     tracestate} is, or has more than 32 members
   */
  static SpanContext read(TraceContext context) {
    Context extracted = PROPAGATOR.extract(Context.root(), context, new Getter());
    return Span.fromContext(extracted).getSpanContext();
  }

  /** Writes a valid context. */
  static TraceContext write(SpanContext context) {
    Map<String, String> headers = new HashMap<>();
    PROPAGATOR.inject(Context.root().with(Span.wrap(context)), headers, Map::put);
    return new TraceContext(
        headers.get(TraceContext.TRACEPARENT),
        Optional.ofNullable(headers.get(TraceContext.TRACESTATE)));
  }

  private static final class Getter implements TextMapGetter<TraceContext> {

    @Override
    public String get(TraceContext context, String name) {
      return name.equals(TraceContext.TRACEPARENT)
          ? context.traceparent()
          : context.tracestate().orElse(null);
    }
  }
}
