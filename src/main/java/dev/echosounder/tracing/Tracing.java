package dev.echosounder.tracing;

import dev.echosounder.bus.TracingTotals;
import dev.echosounder.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * What spans are made with, one for the service; any thread may use it.
 *
 * <p>Spans are made by the few classes of this package and not by Vert.x's tracing SPI, for which
 * there is vertx-opentelemetry. That one sees every request before its path is known, so health
 * probes and scrapes too; takes the method and the query as they come, which any client makes up;
 * costs each request something, sampled or not; and sees none of the probes, which do not go
 * through Vert.x's HTTP client.
 */
public interface Tracing {

  /** None at all: no class of OpenTelemetry is loaded. */
  Tracing OFF = new TracingOff();

  /**
   * Begins to trace, where the settings ask for it.
   *
   * @param vertx sends the spans
   * @param version Echosounder's
   * @param instance the name of this instance of the service
   * @return {@link #OFF} without an endpoint; never fails because of a collector
   */
  static Future<Tracing> start(Vertx vertx, Settings settings, String version, String instance) {
    return settings.tracing().on()
        ? vertx.executeBlocking(() -> new OtlpTracing(vertx, settings, version, instance))
        : Future.succeededFuture(OFF);
  }

  /** What makes the spans of echo requests, for one event loop. */
  EchoSpans echo();

  /** What makes the spans of probes, for one event loop. */
  ProbeSpans probes();

  /** What became of the spans so far. */
  TracingTotals totals();

  /**
   * Sends what waits, as far as that goes in a second.
   *
   * @return never fails, and never takes longer
   */
  Future<Void> flush();

  /** Takes no more spans; what is not sent yet is lost. Does not wait. */
  void close();
}
