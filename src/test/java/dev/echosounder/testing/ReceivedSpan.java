package dev.echosounder.testing;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A span as it came over the wire.
 *
 * @param parentId empty for the first of a trace
 * @param flags of the trace context, sampled (1) and random (2)
 * @param attributes texts as they are, numbers as {@code Long} and {@code Double}
 * @param resource the attributes of what sent it
 */
public record ReceivedSpan(
    String name,
    Span.SpanKind kind,
    String traceId,
    String spanId,
    String parentId,
    String traceState,
    boolean error,
    int flags,
    Map<String, Object> attributes,
    Map<String, Object> resource) {

  static ReceivedSpan of(Span span, Resource resource) {
    if (span.getEndTimeUnixNano() < span.getStartTimeUnixNano()) {
      throw new AssertionError("it ends before it starts: " + span);
    }
    return new ReceivedSpan(
        span.getName(),
        span.getKind(),
        hex(span.getTraceId()),
        hex(span.getSpanId()),
        hex(span.getParentSpanId()),
        span.getTraceState(),
        span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
        span.getFlags() & 0xff,
        values(span.getAttributesList()),
        values(resource.getAttributesList()));
  }

  /** The {@code traceparent} of whoever is told of this span. */
  public String traceparent() {
    return "00-%s-%s-%02x".formatted(traceId, spanId, flags);
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  private static Map<String, Object> values(List<KeyValue> attributes) {
    Map<String, Object> values = new TreeMap<>();
    attributes.forEach(attribute -> values.put(attribute.getKey(), value(attribute.getValue())));
    return values;
  }

  private static Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      default -> throw new AssertionError("unexpected: " + value);
    };
  }
}
