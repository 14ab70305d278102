package dev.echosounder.http;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.Scrape;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** {@code /metrics}: the page as Prometheus asks for it. */
final class MetricsHandler implements Handler<RoutingContext> {

  /** Prometheus gives up after its scrape timeout, 10 s unless configured. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Bus bus;
  private final Untaken untaken;

  MetricsHandler(Bus bus, Untaken untaken) {
    this.bus = bus;
    this.untaken = untaken;
  }

  @Override
  public void handle(RoutingContext ctx) {
    Scrape form = PageForm.of(ctx);
    bus.request(Address.SCRAPE, form, TIMEOUT)
        .onSuccess(
            page -> untaken.send(ctx.request(), page.body().length(), () -> send(ctx, form, page)))
        .onFailure(
            failure ->
                Answer.error(ctx.request(), 503, "unavailable", "the metrics page is not ready"));
  }

  private static Future<Void> send(RoutingContext ctx, Scrape form, Scrape.Page page) {
    PageForm.putHeaders(ctx, form, page.contentType());
    return Answer.body(ctx.request(), page.body());
  }
}
