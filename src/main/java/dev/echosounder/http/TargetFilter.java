package dev.echosounder.http;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Which targets a request is about.
 *
 * @param name those of this name
 * @param url those of this URL, as configured or as shown
 */
record TargetFilter(Optional<String> name, Optional<String> url) {

  /** Reads {@code ?name=} and {@code ?url=}. */
  static TargetFilter of(RoutingContext ctx) {
    return new TargetFilter(parameter(ctx, "name"), parameter(ctx, "url"));
  }

  private static Optional<String> parameter(RoutingContext ctx, String name) {
    return ctx.queryParam(name).stream().findFirst();
  }

  /** Whether every target is meant. */
  boolean isEmpty() {
    return name.isEmpty() && url.isEmpty();
  }

  /** Answers that there is no such target. */
  static void noMatch(RoutingContext ctx) {
    Answer.error(ctx.request(), 404, "not_found", "no configured target matches");
  }
}
