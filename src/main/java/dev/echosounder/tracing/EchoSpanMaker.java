package dev.echosounder.tracing;

import dev.echosounder.bus.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a span of an echo request if {@link Sampling} wants one; one that it does not want costs
 * the look at a header and a random number.
 */
final class EchoSpanMaker implements EchoSpans {

  private static final CharSequence TRACEPARENT =
      HttpHeaders.createOptimized(TraceContext.TRACEPARENT);
  private static final CharSequence TRACESTATE =
      HttpHeaders.createOptimized(TraceContext.TRACESTATE);

  private static final String OTHER = "_OTHER";
  private static final Set<HttpMethod> KNOWN =
      Set.of(
          HttpMethod.GET,
          HttpMethod.HEAD,
          HttpMethod.POST,
          HttpMethod.PUT,
          HttpMethod.DELETE,
          HttpMethod.CONNECT,
          HttpMethod.OPTIONS,
          HttpMethod.TRACE,
          HttpMethod.PATCH);

  private final Tracer tracer;
  private final Sampling sampling;

  EchoSpanMaker(Tracer tracer, Sampling sampling) {
    this.tracer = tracer;
    this.sampling = sampling;
  }

  @Override
  public EchoSpan begin(HttpServerRequest request, String path) {
    MultiMap headers = request.headers();
    SpanContext parent = headers.contains(TRACEPARENT) ? parent(headers) : SpanContext.getInvalid();
    return sampling.after(parent) ? new RecordedEcho(start(request, path, parent)) : EchoSpan.NONE;
  }

  private static SpanContext parent(MultiMap headers) {
    return TraceContext.received(headers.getAll(TRACEPARENT), headers.getAll(TRACESTATE))
        .map(W3c::read)
        .orElse(SpanContext.getInvalid());
  }

  private Span start(HttpServerRequest request, String path, SpanContext parent) {
    boolean known = KNOWN.contains(request.method());
    SpanBuilder span =
        tracer
            .spanBuilder(known ? request.method().name() : "HTTP")
            .setSpanKind(SpanKind.SERVER)
            .setParent(Context.root().with(Span.wrap(parent)))
            .setAttribute(SpanAttribute.METHOD.key(), known ? request.method().name() : OTHER)
            .setAttribute(SpanAttribute.SCHEME.key(), "http")
            .setAttribute(SpanAttribute.PATH.key(), path)
            .setAttribute(SpanAttribute.HTTP_VERSION.key(), version(request.version()));
    Optional.ofNullable(request.authority()).ifPresent(host -> name(span, host));
    return span.startSpan();
  }

  private static void name(SpanBuilder span, HostAndPort host) {
    span.setAttribute(SpanAttribute.SERVER.key(), host.host());
    if (host.port() > 0) {
      span.setAttribute(SpanAttribute.SERVER_PORT.key(), (long) host.port());
    }
  }

  private static String version(HttpVersion version) {
    return switch (version) {
      case HTTP_1_0 -> "1.0";
      case HTTP_1_1 -> "1.1";
      case HTTP_2 -> "2";
    };
  }
}
