package dev.echosounder.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;

/**
 * What Vert.x gives at most: an HTTP server on every event loop, as Echosounder has, that answers
 * every request with the same bytes and does nothing else. Arguments: content type and body.
 */
public final class BareServer extends AbstractVerticle {

  /** As many as Echosounder has; Vert.x itself would take twice as many as there are processors. */
  private static final int LOOPS = Math.max(2, Runtime.getRuntime().availableProcessors());

  private final CharSequence contentType;
  private final Buffer body;
  private final int port;

  private BareServer(String contentType, String body, int port) {
    this.contentType = HttpHeaders.createOptimized(contentType);
    this.body = Buffer.buffer(body);
    this.port = port;
  }

  public static void main(String... arguments) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
    vertx
        .createHttpServer()
        .requestHandler(request -> {})
        .listen(0, "127.0.0.1")
        .compose(free -> free.close().map(free.actualPort()))
        .compose(
            port ->
                vertx
                    .deployVerticle(
                        () -> new BareServer(arguments[0], arguments[1], port),
                        new DeploymentOptions().setInstances(LOOPS))
                    .map(port))
        .onSuccess(port -> System.out.println("listens on port " + port))
        .onFailure(Throwable::printStackTrace);
  }

  @Override
  public void start(Promise<Void> started) {
    HttpServer server = vertx.createHttpServer();
    server.requestHandler(
        request -> request.response().putHeader(HttpHeaders.CONTENT_TYPE, contentType).end(body));
    server.listen(port, "127.0.0.1").<Void>mapEmpty().onComplete(started);
  }
}
