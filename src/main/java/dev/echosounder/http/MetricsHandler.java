package dev.echosounder.http;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.Page;
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
  private final Duration longest;

  /**
   * @param longest how long a client may take a page
   */
  MetricsHandler(Bus bus, Untaken untaken, Duration longest) {
    this.bus = bus;
    this.untaken = untaken;
    this.longest = longest;
  }

  @Override
  public void handle(RoutingContext ctx) {
    Scrape form = PageForm.of(ctx);
    bus.borrow(Address.SCRAPE, form, TIMEOUT)
        .onSuccess(page -> send(ctx, form, page).onComplete(end -> page.release()))
        .onFailure(
            failure ->
                Answer.error(ctx.request(), 503, "unavailable", "the metrics page is not ready"));
  }

  private Future<Void> send(RoutingContext ctx, Scrape form, Page page) {
    return untaken.send(
        ctx.request(),
        page.length(),
        () -> {
          PageForm.putHeaders(ctx, form, page.contentType());
          return new PageSender(ctx.vertx(), ctx.request(), page).send(longest);
        });
  }
}
