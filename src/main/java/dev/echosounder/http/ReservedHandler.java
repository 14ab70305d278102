package dev.echosounder.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests on reserved paths. The path has been matched by {@link RequestPath}; the
 * router's part is what goes with a request: parsed headers, parameters, and one place where
 * failures end.
 */
final class ReservedHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ReservedHandler.class);

  private final Map<String, Route> routes;
  private final Admission admission;
  private final Router router;

  ReservedHandler(Vertx vertx, Map<String, Route> routes, Admission admission) {
    this.routes = routes;
    this.admission = admission;
    this.router = Router.router(vertx);
    this.router.route().handler(this::dispatch).failureHandler(ReservedHandler::failed);
  }

  /** Whether the path is a reserved one. */
  boolean reserves(String path) {
    return routes.containsKey(path);
  }

  /** Answers one request on a reserved path, from who may ask. */
  void handle(HttpServerRequest request, String path) {
    if (routes.get(path).open()) {
      router.handle(request);
    } else {
      admission.admit(request, () -> router.handle(request));
    }
  }

  private void dispatch(RoutingContext ctx) {
    Route route = RequestPath.of(ctx.request().uri()).map(routes::get).orElse(null);
    if (route == null) {
      Answer.error(ctx.request(), 404, "not_found", "no such path");
    } else if (!route.methods().contains(ctx.request().method())) {
      String allowed =
          route.methods().stream().map(HttpMethod::name).collect(Collectors.joining(", "));
      ctx.response().putHeader(HttpHeaders.ALLOW, allowed);
      Answer.error(
          ctx.request(),
          405,
          "method_not_allowed",
          "got %s, expected %s".formatted(ctx.request().method(), allowed));
    } else {
      route.handler().handle(ctx);
    }
  }

  /** What vertx-web refuses is the client's mistake; what a handler throws is ours. */
  private static void failed(RoutingContext ctx) {
    Throwable failure = ctx.failure();
    boolean refused =
        failure instanceof HttpException || failure instanceof IllegalArgumentException;
    if (refused || failure == null) {
      String message = failure == null ? "the router refused it" : failure.getMessage();
      Answer.error(ctx.request(), 400, "bad_request", String.valueOf(message));
    } else {
      LOG.error("A request on a reserved path failed", failure);
      Answer.error(ctx.request(), 500, "internal", "internal error");
    }
  }
}
