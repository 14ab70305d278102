package dev.echosounder.tracing;

import dev.echosounder.bus.TraceContext;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.Protocol;
import dev.echosounder.settings.Target;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes a span of an attempt if {@link Sampling} wants one, and a context for the target anyway.
 */
final class ProbeSpanMaker implements ProbeSpans {

  /** W3C Trace Context level 2: the trace id was made up at random. */
  private static final byte RANDOM = 2;

  private final Tracer tracer;
  private final Sampling sampling;
  private final IdGenerator ids = IdGenerator.random();

  ProbeSpanMaker(Tracer tracer, Sampling sampling) {
    this.tracer = tracer;
    this.sampling = sampling;
  }

  @Override
  public ProbeSpan begin(Target target, Optional<TraceContext> parent) {
    if (!target.options().trace()) {
      return ProbeSpan.NONE;
    }
    SpanContext from = parent.map(W3c::read).orElse(SpanContext.getInvalid());
    return sampling.after(from)
        ? new RecordedProbe(start(target, from))
        : new UnrecordedProbe(W3c.write(unsampled(from)));
  }

  private SpanContext unsampled(SpanContext parent) {
    return SpanContext.create(
        parent.isValid() ? parent.getTraceId() : ids.generateTraceId(),
        ids.generateSpanId(),
        TraceFlags.fromByte(
            parent.isValid() ? (byte) (parent.getTraceFlags().asByte() & RANDOM) : RANDOM),
        parent.getTraceState());
  }

  private Span start(Target target, SpanContext parent) {
    Protocol protocol = target.module().protocol();
    SpanBuilder span =
        tracer
            .spanBuilder("probe " + protocol.name().toLowerCase(Locale.ROOT))
            .setSpanKind(SpanKind.CLIENT)
            .setParent(Context.root().with(Span.wrap(parent)))
            .setAttribute(SpanAttribute.SERVER.key(), target.url().hostName())
            .setAttribute(SpanAttribute.MODULE.key(), target.module().name());
    target.url().port().ifPresent(port -> span.setAttribute(SpanAttribute.SERVER_PORT.key(), port));
    target.id().name().ifPresent(name -> span.setAttribute(SpanAttribute.NAME.key(), name));
    if (target.module().options() instanceof HttpOptions options) {
      span.setAttribute(SpanAttribute.URL.key(), target.url().shown());
      span.setAttribute(SpanAttribute.METHOD.key(), options.request().method());
    }
    if (protocol == Protocol.GRPC) {
      span.setAttribute(SpanAttribute.RPC_SYSTEM.key(), "grpc");
      span.setAttribute(SpanAttribute.RPC_SERVICE.key(), "grpc.health.v1.Health");
      span.setAttribute(SpanAttribute.RPC_METHOD.key(), "Check");
    }
    return span.startSpan();
  }
}
