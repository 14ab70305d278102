package dev.echosounder.comparison;

import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;

/** A plain HTTP proxy: absolute form and CONNECT (RFC 9110 section 9.3.6). */
final class Proxy {

  private final HttpClient http;
  private final NetClient tcp;

  private Proxy(Vertx vertx) {
    this.http = vertx.createHttpClient();
    this.tcp = vertx.createNetClient();
  }

  /** Starts one on a free port of loopback; it ends with its Vert.x. */
  static int listen(Vertx vertx) {
    Proxy proxy = new Proxy(vertx);
    return Waiting.on(vertx.createHttpServer().requestHandler(proxy::handle).listen(0, "127.0.0.1"))
        .actualPort();
  }

  private void handle(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.CONNECT)) {
      tunnel(request);
    } else {
      forward(request);
    }
  }

  private void tunnel(HttpServerRequest request) {
    String authority = request.uri();
    int colon = authority.lastIndexOf(':');
    tcp.connect(Integer.parseInt(authority.substring(colon + 1)), authority.substring(0, colon))
        .compose(target -> request.toNetSocket().map(client -> join(client, target)))
        .onFailure(refused -> request.response().setStatusCode(502).end());
  }

  private static NetSocket join(NetSocket client, NetSocket target) {
    client.handler(target::write);
    client.closeHandler(end -> target.close());
    target.handler(client::write);
    target.closeHandler(end -> client.close());
    return client;
  }

  private void forward(HttpServerRequest request) {
    http.request(new RequestOptions().setMethod(request.method()).setAbsoluteURI(request.uri()))
        .compose(onward -> onward.send())
        .compose(
            answer -> {
              request.response().setStatusCode(answer.statusCode());
              return answer.body().compose(request.response()::end);
            })
        .onFailure(refused -> request.response().setStatusCode(502).end());
  }
}
