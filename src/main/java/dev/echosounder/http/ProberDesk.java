package dev.echosounder.http;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Where a route has the prober asked, and answers with what it said. */
record ProberDesk(Vertx vertx, Untaken untaken) {

  /** When one that is refused may have more luck. */
  private static final Duration SOON = Duration.ofSeconds(1);

  /**
   * Asks the prober; a client whose question it does not answer gets 503.
   *
   * @param patience bounds the wait for a prober that is gone
   * @return the answer; fails once the client has been told that there is none
   */
  <M, R> Future<R> ask(RoutingContext ctx, Address<M, R> address, M question, Duration patience) {
    return Bus.of(vertx)
        .request(address, question, patience)
        .onFailure(failure -> refuse(ctx, failure));
  }

  private static void refuse(RoutingContext ctx, Throwable failure) {
    if (Bus.isBusy(failure)) {
      Answer.later(ctx.request(), 503, "overloaded", failure.getMessage(), SOON);
    } else {
      Answer.error(ctx.request(), 503, "unavailable", "the prober did not answer");
    }
  }

  /**
   * Answers with JSON that a worker makes: of thousands of targets it is megabytes.
   *
   * @return done when the client has it, or is gone
   */
  Future<Void> answer(RoutingContext ctx, Callable<JsonObject> json) {
    return vertx
        .executeBlocking(() -> json.call().toBuffer(), false)
        .onFailure(ctx::fail)
        .compose(
            bytes ->
                untaken.send(
                    ctx.request(), bytes.length(), () -> Answer.json(ctx.request(), 200, bytes)));
  }
}
