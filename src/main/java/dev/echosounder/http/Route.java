package dev.echosounder.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * One reserved path.
 *
 * @param path matched as a whole with the outcome of {@link RequestPath}
 * @param methods the allowed methods; {@code HEAD} is among them wherever {@code GET} is
 * @param handler answers it
 */
record Route(String path, List<HttpMethod> methods, Handler<RoutingContext> handler) {

  Route {
    methods = List.copyOf(methods);
  }

  static Route get(String path, Handler<RoutingContext> handler) {
    return new Route(path, List.of(HttpMethod.GET, HttpMethod.HEAD), handler);
  }

  static Route post(String path, Handler<RoutingContext> handler) {
    return new Route(path, List.of(HttpMethod.POST), handler);
  }
}
