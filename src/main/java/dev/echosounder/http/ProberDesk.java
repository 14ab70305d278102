package dev.echosounder.http;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Where a route has the prober asked, and answers with what it said. */
record ProberDesk(Vertx vertx) {

  /**
   * Asks the prober; a client whose question it does not answer gets 503.
   *
   * @param patience bounds the wait for a prober that is gone
   */
  <M, R> void ask(
      RoutingContext ctx,
      Address<M, R> address,
      M question,
      Duration patience,
      Handler<R> onAnswer) {
    Bus.of(vertx)
        .request(address, question, patience)
        .onSuccess(onAnswer)
        .onFailure(
            failure ->
                Answer.error(ctx.request(), 503, "unavailable", "the prober did not answer"));
  }

  /** Answers with JSON that a worker makes: of thousands of targets it is megabytes. */
  void answer(RoutingContext ctx, Callable<JsonObject> json) {
    vertx
        .executeBlocking(() -> json.call().toBuffer(), false)
        .onSuccess(bytes -> Answer.json(ctx.request(), 200, bytes))
        .onFailure(ctx::fail);
  }
}
