package dev.echosounder.http;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.Scrape;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** {@code /metrics}: the page as Prometheus asks for it. */
final class MetricsHandler implements Handler<RoutingContext> {

  /** Prometheus gives up after its scrape timeout, 10 s unless configured. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Bus bus;

  MetricsHandler(Bus bus) {
    this.bus = bus;
  }

  @Override
  public void handle(RoutingContext ctx) {
    boolean gzip = acceptsGzip(ctx);
    bus.request(Address.SCRAPE, new Scrape(prefersOpenMetrics(ctx), gzip), TIMEOUT)
        .onSuccess(
            page -> {
              ctx.response()
                  .putHeader(HttpHeaders.CONTENT_TYPE, page.contentType())
                  .putHeader(HttpHeaders.VARY, "Accept, Accept-Encoding");
              if (gzip) {
                ctx.response().putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
              }
              Answer.body(ctx.request(), page.body());
            })
        .onFailure(
            failure ->
                Answer.error(ctx.request(), 503, "unavailable", "the metrics page is not ready"));
  }

  /**
   * By the client's order of preference; Prometheus text where it has none (RFC 9110 section
   * 12.5.1).
   */
  private static boolean prefersOpenMetrics(RoutingContext ctx) {
    return ctx.parsedHeaders().accept().stream()
        .filter(accepted -> accepted.weight() > 0)
        .filter(MetricsHandler::servable)
        .findFirst()
        .map(accepted -> accepted.component().equals("application"))
        .orElse(false);
  }

  private static boolean servable(MIMEHeader accepted) {
    String type = accepted.component() + "/" + accepted.subComponent();
    return type.equals("application/openmetrics-text")
        || type.equals("text/plain")
        || type.equals("text/*")
        || type.equals("*/*");
  }

  private static boolean acceptsGzip(RoutingContext ctx) {
    return ctx.parsedHeaders().acceptEncoding().stream()
        .anyMatch(accepted -> accepted.value().equalsIgnoreCase("gzip") && accepted.weight() > 0);
  }
}
