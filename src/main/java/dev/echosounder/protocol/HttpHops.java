package dev.echosounder.protocol;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Reason;
import dev.echosounder.dial.ProbeFailure;
import dev.echosounder.dial.Visit;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.TlsOptions;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import java.util.Optional;

/** The requests of one probe: the first, and one for each redirect that is followed. */
final class HttpHops {

  private static final int MAX_REDIRECTS = 10;

  private final HttpHop hop;
  private final HttpOptions options;
  private final HttpHop.Reading reading;
  private final Visit visit;
  private final Cookies cookies = new Cookies();
  private int redirects;

  HttpHops(HttpHop hop, HttpOptions options, BodyPlan plan, Visit visit) {
    this.hop = hop;
    this.options = options;
    this.visit = visit;
    this.reading =
        new HttpHop.Reading(
            plan, head -> options.request().followRedirects() && Redirect.of(head).isPresent());
  }

  /** The answer to judge, that of the last hop; the caller releases its body. */
  Future<HttpAnswer> follow(Request first) {
    visit.findings().measure(Measure.HTTP_REDIRECTS, redirects);
    return ask(first, first.origin());
  }

  private Future<HttpAnswer> ask(Request request, Origin first) {
    boolean home = request.origin().equals(first);
    TlsOptions tls = home ? named(request) : options.client().tls().elsewhere();
    return hop.ask(request, cookies.of(request), options.client().with(tls), reading, visit)
        .compose(answer -> next(request, answer, first));
  }

  // What a Host header says is whose certificate is expected.
  private TlsOptions named(Request request) {
    TlsOptions tls = options.client().tls();
    return Optional.ofNullable(request.headers().get(HttpHeaderNames.HOST))
        .map(host -> tls.withServerName(host.replaceFirst(":\\d*$", "").replaceAll("[\\[\\]]", "")))
        .orElse(tls);
  }

  private Future<HttpAnswer> next(Request request, HttpAnswer answer, Origin first) {
    Optional<Redirect> redirect = Redirect.of(answer.head());
    redirect.ifPresent(received -> visit.findings().measure(Measure.HTTP_REDIRECTS, ++redirects));
    if (redirect.isEmpty() || !options.request().followRedirects()) {
      return Future.succeededFuture(answer);
    }
    answer.body().release();
    cookies.receive(request, answer.head().headers());
    Optional<Request> next = redirect.get().after(request);
    next.ifPresent(to -> visit.findings().note(() -> "redirected to " + to.shown()));
    if (next.isEmpty()) {
      return failed("the redirect leads nowhere, or would take a body elsewhere");
    }
    return redirects > MAX_REDIRECTS
        ? failed("more than " + MAX_REDIRECTS + " redirects")
        : ask(next.get(), first);
  }

  private static Future<HttpAnswer> failed(String how) {
    return Future.failedFuture(new ProbeFailure(Reason.REDIRECT, how));
  }
}
