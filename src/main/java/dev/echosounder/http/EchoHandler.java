package dev.echosounder.http;

import dev.echosounder.bus.EchoTotals;
import dev.echosounder.tracing.EchoSpan;
import dev.echosounder.tracing.EchoSpans;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Answers echo requests of one event loop and counts each answer when its last byte is handed to
 * the socket. A plain request is answered at once; one with a body when the body has been read, one
 * with a delay when that is over.
 */
final class EchoHandler {

  private final Vertx vertx;
  private final String instance;
  private final RequestBody body;
  private final EchoSpans spans;
  private final Tally tally = new Tally();
  private final Promise<Void> drained = Promise.promise();

  private EchoAnswer answer;
  private boolean simulate;
  private boolean refusing;
  private int underWay;

  /**
   * @param instance which of several instances answers
   * @param body reads the bodies of requests
   * @param spans of this event loop
   */
  EchoHandler(Vertx vertx, String instance, RequestBody body, EchoSpans spans) {
    this.vertx = vertx;
    this.instance = instance;
    this.body = body;
    this.spans = spans;
  }

  /** Takes what a reload may change. */
  void configure(String appName, boolean simulate) {
    this.answer = new EchoAnswer(appName, instance);
    this.simulate = simulate;
  }

  /** What was answered so far. */
  EchoTotals totals(int loop) {
    return tally.totals(loop);
  }

  /** Refuses requests from now on; completes when those under way are answered. */
  Future<Void> drain() {
    refusing = true;
    completeIfDrained();
    return drained.future();
  }

  /** Answers one request. */
  void handle(HttpServerRequest request, String path) {
    if (refusing) {
      Answer.errorAndClose(request, 503, "stopping", "the service is stopping");
      return;
    }
    Exchange exchange = new Exchange(request, path, System.nanoTime(), spans.begin(request, path));
    underWay++;
    if (RequestBody.expected(request)) {
      body.discard(request)
          .onSuccess(read -> answer(exchange))
          .onFailure(failure -> refused(exchange));
    } else {
      answer(exchange);
    }
  }

  private void answer(Exchange exchange) {
    try {
      answer(exchange, simulation(exchange));
    } catch (IllegalArgumentException e) {
      Answer.error(exchange.request(), 400, "bad_request", e.getMessage());
      refused(exchange);
    }
  }

  private Simulation simulation(Exchange exchange) {
    return simulate ? Simulation.of(exchange.path(), delayOf(exchange.request())) : Simulation.NONE;
  }

  private static String delayOf(HttpServerRequest request) {
    return request.uri().indexOf("delay=") < 0 ? null : request.getParam("delay");
  }

  private void answer(Exchange exchange, Simulation simulation) {
    if (simulation.delay().isZero()) {
      answer(exchange, simulation.status());
      return;
    }
    long timer =
        vertx.setTimer(
            Math.max(1, simulation.delay().toMillis()),
            id -> answer(exchange, simulation.status()));
    exchange
        .request()
        .response()
        .exceptionHandler(
            gone -> {
              if (vertx.cancelTimer(timer)) {
                abandoned(exchange);
              }
            });
  }

  private void answer(Exchange exchange, int status) {
    answer
        .send(exchange.request(), exchange.path(), status)
        .onComplete(
            sent -> {
              if (sent.succeeded()) {
                answered(exchange, status);
              } else {
                abandoned(exchange);
              }
            });
  }

  private void answered(Exchange exchange, int status) {
    long nanos = System.nanoTime() - exchange.startNanos();
    EchoSpan span = exchange.span();
    tally.count(exchange.request().method(), status, nanos, span.exemplar(nanos));
    span.end(status);
    ended();
  }

  /** Such a request is answered with an error already, unless its client is gone. */
  private void refused(Exchange exchange) {
    HttpServerResponse response = exchange.request().response();
    if (response.ended()) {
      exchange.span().end(response.getStatusCode());
      ended();
    } else {
      abandoned(exchange);
    }
  }

  private void abandoned(Exchange exchange) {
    exchange.span().abandon();
    ended();
  }

  private void ended() {
    underWay--;
    completeIfDrained();
  }

  private void completeIfDrained() {
    if (refusing && underWay == 0) {
      drained.tryComplete();
    }
  }

  private record Exchange(HttpServerRequest request, String path, long startNanos, EchoSpan span) {}
}
