package dev.echosounder.tracing;

import dev.echosounder.bus.TracingTotals;
import io.vertx.core.Future;

/** No tracing. */
final class TracingOff implements Tracing {

  private static final TracingTotals NONE = new TracingTotals(0, 0, 0);

  @Override
  public EchoSpans echo() {
    return EchoSpans.OFF;
  }

  @Override
  public ProbeSpans probes() {
    return ProbeSpans.OFF;
  }

  @Override
  public TracingTotals totals() {
    return NONE;
  }

  @Override
  public Future<Void> flush() {
    return Future.succeededFuture();
  }

  @Override
  public void close() {}
}
