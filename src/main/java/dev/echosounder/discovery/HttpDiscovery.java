package dev.echosounder.discovery;

import dev.echosounder.config.Rounds;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.function.Supplier;

/**
 * Asks one endpoint for targets, at once and each refresh interval; requests never overlap. To be
 * used on one event loop.
 */
final class HttpDiscovery {

  private final Vertx vertx;
  private final Fetch fetch;
  private final Supplier<Documents> documents;
  private final Handler<Answer> handler;
  private final Rounds<Void> rounds;

  /**
   * Starts to ask.
   *
   * @param documents how to read an answer, by the configuration in force
   * @param handler is told what came of each request on this event loop
   */
  HttpDiscovery(Vertx vertx, Fetch fetch, Supplier<Documents> documents, Handler<Answer> handler) {
    this.vertx = vertx;
    this.fetch = fetch;
    this.documents = documents;
    this.handler = handler;
    this.rounds =
        new Rounds<>(
            vertx,
            fetch.source().refreshInterval(),
            fetch.source().url().shown(),
            this::refresh,
            this::refresh);
    rounds.readNow();
  }

  /** Ends asking; the handler is not told of anything later. */
  void close() {
    rounds.close();
  }

  private Future<Void> refresh() {
    return fetch
        .get()
        .compose(this::read, cause -> Future.succeededFuture(Answer.bad(fetch.why(cause))))
        .map(
            answer -> {
              if (!rounds.isClosed()) {
                handler.handle(answer);
              }
              return null;
            });
  }

  private Future<Answer> read(Buffer body) {
    Documents reader = documents.get();
    return vertx.executeBlocking(() -> reader.json(body.getBytes()), false);
  }
}
