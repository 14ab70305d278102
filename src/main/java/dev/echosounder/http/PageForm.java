package dev.echosounder.http;

import dev.echosounder.bus.Scrape;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;

/** A page of metrics in the form its client asks for. */
final class PageForm {

  private PageForm() {}

  /**
   * The form by the client's order of preference; Prometheus text where it has none (RFC 9110
   * sections 12.5.1 and 12.5.3).
   */
  static Scrape of(RoutingContext ctx) {
    return new Scrape(prefersOpenMetrics(ctx), acceptsGzip(ctx));
  }

  /**
   * Puts the headers of a page on the answer.
   *
   * @param form in which the page was asked for
   */
  static void putHeaders(RoutingContext ctx, Scrape form, String contentType) {
    ctx.response()
        .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
        .putHeader(HttpHeaders.VARY, "Accept, Accept-Encoding");
    if (form.gzip()) {
      ctx.response().putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
  }

  private static boolean prefersOpenMetrics(RoutingContext ctx) {
    return ctx.parsedHeaders().accept().stream()
        .filter(accepted -> accepted.weight() > 0)
        .filter(PageForm::servable)
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
