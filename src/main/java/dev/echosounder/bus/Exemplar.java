package dev.echosounder.bus;

import java.time.Instant;
import java.util.Objects;

/**
 * One of the durations in a bucket, and the span to look it up by.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param seconds the duration
 * @param at when it was counted
 */
public record Exemplar(String traceId, String spanId, double seconds, Instant at) {

  public Exemplar {
    Objects.requireNonNull(traceId, "traceId");
    Objects.requireNonNull(spanId, "spanId");
    Objects.requireNonNull(at, "at");
  }
}
