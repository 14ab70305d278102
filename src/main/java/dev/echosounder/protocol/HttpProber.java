package dev.echosounder.protocol;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Reason;
import dev.echosounder.dial.Dialer;
import dev.echosounder.dial.Findings;
import dev.echosounder.dial.PipelineEnd;
import dev.echosounder.dial.ProbeFailure;
import dev.echosounder.dial.Stages;
import dev.echosounder.dial.Visit;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.TlsOptions;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponse;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Probes over HTTP/1.1, with or without TLS. The stages of a hop are resolve, connect (where the
 * address is checked), TLS, exchange; each redirect is a hop with a connection of its own.
 */
final class HttpProber implements Prober {

  private static final int MAX_REDIRECTS = 10;

  // Netty's default of 8 KiB for all headers is less than what some sites send.
  private static final HttpDecoderConfig DECODER =
      new HttpDecoderConfig().setMaxInitialLineLength(8 * 1024).setMaxHeaderSize(64 * 1024);

  private final Stages stages;
  private final String userAgent;

  HttpProber(Stages stages, String userAgent) {
    this.stages = stages;
    this.userAgent = userAgent;
  }

  @Override
  public Future<Void> probe(Visit visit) {
    HttpOptions options = (HttpOptions) visit.target().module().options();
    return follow(Request.first(visit.target(), options.request(), userAgent), 0, options, visit)
        .compose(code -> judge(options, code));
  }

  private Future<Integer> follow(Request request, int redirects, HttpOptions options, Visit visit) {
    boolean followed = options.request().followRedirects();
    visit.findings().measure(Measure.HTTP_REDIRECTS, redirects);
    return hop(request, response -> followed && Redirect.is(response), options, visit)
        .compose(
            head -> {
              if (!followed || !Redirect.is(head)) {
                return Future.succeededFuture(head.status().code());
              }
              return Redirect.of(head)
                  .after(request)
                  .filter(next -> redirects < MAX_REDIRECTS)
                  .map(next -> follow(next, redirects + 1, options, visit))
                  .orElseGet(() -> Future.failedFuture(new ProbeFailure(Reason.REDIRECT)));
            });
  }

  private Future<HttpResponse> hop(
      Request request, Predicate<HttpResponse> headSuffices, HttpOptions options, Visit visit) {
    Origin origin = request.origin();
    visit.findings().nextConnection();
    return stages
        .resolver()
        .resolve(origin.host(), options.ip(), visit)
        .compose(
            addresses -> stages.dialer().dial(addresses, origin.port(), Optional.empty(), visit))
        .compose(
            channel ->
                secure(channel, origin, options.client().tls(), visit)
                    .compose(ready -> exchange(ready, request, headSuffices, visit.findings()))
                    .onComplete(end -> Dialer.hangUp(channel)));
  }

  private Future<Channel> secure(Channel channel, Origin origin, TlsOptions options, Visit visit) {
    visit.findings().measure(Measure.HTTP_SSL, origin.secure());
    if (origin.secure()) {
      List<String> protocols = List.of("http/1.1");
      return stages
          .tls()
          .handshake(channel, origin.host(), origin.port(), options, protocols, visit);
    }
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

  private static Future<Void> judge(HttpOptions options, int statusCode) {
    return options.checks().statusCodes().accepts(statusCode)
        ? Future.succeededFuture()
        : Future.failedFuture(new ProbeFailure(Reason.STATUS));
  }
}
