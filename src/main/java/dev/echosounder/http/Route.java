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
 * @param open whether anybody may ask, however often, whatever the web configuration says
 */
record Route(String path, List<HttpMethod> methods, Handler<RoutingContext> handler, boolean open) {

  Route {
    methods = List.copyOf(methods);
  }

  static Route get(String path, Handler<RoutingContext> handler) {
    return new Route(path, List.of(HttpMethod.GET, HttpMethod.HEAD), handler, false);
  }

  /** One that Kubernetes asks for, which has no password and must not be told to come later. */
  static Route open(String path, Handler<RoutingContext> handler) {
    return new Route(path, List.of(HttpMethod.GET, HttpMethod.HEAD), handler, true);
  }

  static Route post(String path, Handler<RoutingContext> handler) {
    return new Route(path, List.of(HttpMethod.POST), handler, false);
  }
}
