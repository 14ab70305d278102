package dev.echosounder.http;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.ProbeOnce;
import dev.echosounder.bus.ProbePage;
import dev.echosounder.bus.Scrape;
import dev.echosounder.settings.Settings;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code /probe}: probes a target and answers with its page, as blackbox_exporter does. */
final class ProbeHandler implements Handler<RoutingContext> {

  /** The prober keeps the deadline; this only bounds the wait for a prober that is gone. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final Scrape PLAIN = new Scrape(false, false);

  private final Vertx vertx;
  private final ProberDesk prober;
  private final Supplier<Settings> settings;
  private final Function<ProbePage, ProbePage.Rendered> pages;

  /**
   * @param pages renders the page of a result
   */
  ProbeHandler(
      Vertx vertx,
      ProberDesk prober,
      Supplier<Settings> settings,
      Function<ProbePage, ProbePage.Rendered> pages) {
    this.vertx = vertx;
    this.prober = prober;
    this.settings = settings;
    this.pages = pages;
  }

  @Override
  public void handle(RoutingContext ctx) {
    Settings now = settings.get();
    ProbeRequest request = new ProbeRequest(ctx, now);
    if (!now.probeEndpoint().enabled()) {
      Answer.error(ctx.request(), 404, "not_found", "probe_endpoint.enabled is false");
      return;
    }
    if (now.modules().containsKey(request.moduleName())
        && !now.probeEndpoint().takes(request.moduleName())) {
      Answer.error(
          ctx.request(), 403, "forbidden", "module: expected one of probe_endpoint.modules");
      return;
    }
    ProbeOnce question = request.question();
    ctx.addEndHandler(end -> leave(end, question));
    prober
        .ask(ctx, Address.PROBE_ONCE, question, question.target().timeout().plus(GRACE))
        .onSuccess(report -> answer(ctx, now, question, report));
  }

  // A client that goes away early need not be answered, and its probe need not go on.
  private void leave(AsyncResult<Void> end, ProbeOnce question) {
    if (end.failed()) {
      Bus.of(vertx).publish(Address.PROBE_LEFT, new ProbeOnce.Left(question.id()));
    }
  }

  private void answer(
      RoutingContext ctx, Settings now, ProbeOnce question, ProbeOnce.Report report) {
    Scrape form = question.debug() ? PLAIN : PageForm.of(ctx);
    ProbePage.Rendered page =
        pages.apply(new ProbePage(report.result(), question.target().module().options(), form));
    if (question.debug()) {
      explain(ctx, new ProbeReport(question.target(), report, page.body(), now.shown()));
    } else {
      PageForm.putHeaders(ctx, form, page.contentType());
      Answer.body(ctx.request(), page.body());
    }
  }

  private static void explain(RoutingContext ctx, ProbeReport report) {
    ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8");
    Answer.body(ctx.request(), report.text());
  }
}
