package dev.echosounder.soak;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** Sends good requests at a steady rate, and sees that they are answered. */
final class GoodClient {

  private static final int MOST_UNDER_WAY = 64;
  private static final long PATIENCE_SECONDS = 30;

  private final Pace pace;
  private final HttpClient client;
  private final Outcomes outcomes;

  /** A request and what its answer must be. */
  record Exchange(
      RequestOptions request, Buffer body, BiPredicate<HttpClientResponse, Buffer> isGood) {}

  GoodClient(Pace pace, HttpClient client, Outcomes outcomes) {
    this.pace = pace;
    this.client = client;
    this.outcomes = outcomes;
  }

  /** Sends the next one of a kind at each tick, unless too many are under way. */
  GoodClient every(long millis, String kind, Supplier<Exchange> next) {
    pace.every(
        millis,
        () -> {
          if (pace.underWay.get() < MOST_UNDER_WAY) {
            send(kind, next.get());
          }
        });
    return this;
  }

  private void send(String kind, Exchange exchange) {
    pace.underWay.incrementAndGet();
    client
        .request(exchange.request())
        .compose(request -> request.send(exchange.body()))
        .compose(response -> response.body().compose(body -> judge(exchange, response, body)))
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .onComplete(end -> pace.underWay.decrementAndGet())
        .onSuccess(good -> outcomes.good(kind))
        .onFailure(why -> outcomes.bad(kind, exchange.request().getURI() + " " + why));
  }

  private static Future<Void> judge(Exchange exchange, HttpClientResponse response, Buffer body) {
    return exchange.isGood().test(response, body)
        ? Future.succeededFuture()
        : Future.failedFuture(
            response.statusCode() + " " + body.getString(0, Math.min(300, body.length())));
  }
}
