package dev.echosounder.probe;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.config.Module;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponse;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Predicate;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes over HTTP/1.1, with or without TLS. The stages of a hop are resolve, connect (where the
 * address is checked), TLS, exchange; each redirect is a hop with a connection of its own.
 */
final class HttpProber implements Prober {

  private static final Logger LOG = LoggerFactory.getLogger(HttpProber.class);

  private static final int MAX_REDIRECTS = 10;

  // Netty's default of 8 KiB for all headers is less than what some sites send.
  private static final HttpDecoderConfig DECODER =
      new HttpDecoderConfig().setMaxInitialLineLength(8 * 1024).setMaxHeaderSize(64 * 1024);

  private final Resolver resolver;
  private final Dialer dialer;
  private final Tls tls;
  private final String userAgent;

  HttpProber(ContextInternal context, X509ExtendedTrustManager trust, String userAgent) {
    this.resolver = new Resolver(context);
    this.dialer = new Dialer(context);
    this.tls = new Tls(context, trust);
    this.userAgent = userAgent;
  }

  @Override
  public Future<ProbeResult> probe(Visit visit) {
    Findings findings = new Findings(visit.target().id());
    Future<Integer> status =
        Future.succeededFuture(visit.target())
            .map(target -> Request.first(target, userAgent))
            .compose(request -> follow(request, 0, visit, findings));
    return visit
        .deadline()
        .bound(status)
        .map(code -> judge(visit.target().module().http(), code))
        .otherwise(failure -> reason(failure, visit))
        .map(findings::conclude);
  }

  private Future<Integer> follow(Request request, int redirects, Visit visit, Findings findings) {
    boolean followed = visit.target().module().http().followRedirects();
    findings.measure(Measure.HTTP_REDIRECTS, redirects);
    return hop(request, response -> followed && Redirect.is(response), visit, findings)
        .compose(
            head -> {
              if (!followed || !Redirect.is(head)) {
                return Future.succeededFuture(head.status().code());
              }
              return Redirect.of(head)
                  .after(request)
                  .filter(next -> redirects < MAX_REDIRECTS)
                  .map(next -> follow(next, redirects + 1, visit, findings))
                  .orElseGet(() -> Future.failedFuture(new ProbeFailure(Reason.REDIRECT)));
            });
  }

  private Future<HttpResponse> hop(
      Request request, Predicate<HttpResponse> headSuffices, Visit visit, Findings findings) {
    Origin origin = request.origin();
    findings.nextConnection();
    return resolver
        .resolve(origin.host(), findings)
        .compose(addresses -> dialer.dial(addresses, origin.port(), visit, findings))
        .compose(
            channel ->
                secure(channel, origin, findings)
                    .compose(ready -> exchange(ready, request, headSuffices, findings))
                    .onComplete(end -> Dialer.hangUp(channel)));
  }

  private Future<Channel> secure(Channel channel, Origin origin, Findings findings) {
    if (origin.secure()) {
      return tls.handshake(channel, origin.host(), origin.port(), findings);
    }
    findings.measure(Measure.HTTP_SSL, 0);
    return Future.succeededFuture(channel);
  }

  private static Future<HttpResponse> exchange(
      Channel channel, Request request, Predicate<HttpResponse> headSuffices, Findings findings) {
    Exchange exchange = new Exchange(request.message(), headSuffices, findings);
    PipelineEnd.addBefore(channel.pipeline(), new FirstByte(findings));
    PipelineEnd.addBefore(channel.pipeline(), new HttpClientCodec(DECODER, false, false));
    PipelineEnd.addBefore(channel.pipeline(), exchange);
    return exchange.answer();
  }

  private static Reason judge(Module.Http module, int statusCode) {
    return module.accepts(statusCode) ? Reason.OK : Reason.STATUS;
  }

  private static Reason reason(Throwable failure, Visit visit) {
    if (failure instanceof ProbeFailure expected) {
      return expected.reason();
    }
    LOG.error("The probe of {} failed by a defect", visit.target().id().url(), failure);
    return Reason.INTERNAL;
  }
}
