package dev.echosounder.protocol;

import dev.echosounder.bus.Measure;
import dev.echosounder.dial.Dialer;
import dev.echosounder.dial.PipelineEnd;
import dev.echosounder.dial.Stages;
import dev.echosounder.dial.Visit;
import dev.echosounder.settings.HttpOptions;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One request to one server, on a connection of its own: resolve, connect (where the address is
 * checked), TLS, exchange, over HTTP/1.1 or the HTTP/2 that ALPN has chosen.
 */
final class HttpHop {

  private static final String HTTP_1 = "http/1.1";
  private static final String HTTP_2 = "h2";

  private final Stages stages;
  private final ProxyAwareDialer dialer;
  private final Http2Connection http2;
  private final BodyBudget budget;

  HttpHop(Stages stages, BodyBudget budget) {
    this.stages = stages;
    this.dialer = new ProxyAwareDialer(stages);
    this.http2 = new Http2Connection(stages.context());
    this.budget = budget;
  }

  /**
   * What is read of an answer.
   *
   * @param headSuffices which answers' bodies are of no interest
   */
  record Reading(BodyPlan plan, Predicate<HttpResponse> headSuffices) {}

  /**
   * Asks.
   *
   * @param cookies sent beside the configured ones
   * @return the answer, whose body the caller releases
   */
  Future<HttpAnswer> ask(
      Request request,
      Optional<String> cookies,
      HttpOptions.Client client,
      Reading reading,
      Visit visit) {
    visit.findings().nextConnection();
    return dialer
        .reach(request.origin(), client, visit)
        .compose(
            reached ->
                secure(reached.channel(), request.origin(), client, visit)
                    .compose(channel -> speak(channel, reached))
                    .compose(ready -> exchange(ready, request, cookies, reading, visit))
                    .onComplete(end -> Dialer.hangUp(reached.channel())));
  }

  private Future<Channel> secure(
      Channel channel, Origin origin, HttpOptions.Client client, Visit visit) {
    visit.findings().measure(Measure.HTTP_SSL, origin.secure());
    if (!origin.secure()) {
      return Future.succeededFuture(channel);
    }
    List<String> protocols = client.http2() ? List.of(HTTP_2, HTTP_1) : List.of(HTTP_1);
    return stages
        .tls()
        .handshake(channel, origin.host(), origin.port(), client.tls(), protocols, visit);
  }

  private Future<HttpConnection> speak(Channel channel, ProxyAwareDialer.Reached reached) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null && HTTP_2.equals(tls.engine().getApplicationProtocol())) {
      return http2
          .openStream(channel)
          .map(stream -> new HttpConnection(channel, stream, true, Optional.empty()));
    }
    return Future.succeededFuture(new HttpConnection(channel, channel, false, reached.forwarder()));
  }

  private Future<HttpAnswer> exchange(
      HttpConnection connection,
      Request request,
      Optional<String> cookies,
      Reading reading,
      Visit visit) {
    visit.findings().note(() -> request.method() + " " + request.shown());
    Exchange exchange =
        new Exchange(
            request.message(connection.forwarder(), cookies),
            connection.http2(),
            reading,
            reading.plan().received(budget),
            visit.findings());
    ChannelPipeline pipeline = connection.channel().pipeline();
    PipelineEnd.addBefore(pipeline, new FirstByte(visit.findings()));
    PipelineEnd.addBefore(
        pipeline,
        connection.http2()
            ? new Http2StreamFrameToHttpObjectCodec(false)
            : new HttpClientCodec(Exchange.DECODER, false, false));
    PipelineEnd.addBefore(pipeline, exchange);
    return exchange
        .answer()
        .map(head -> new HttpAnswer(head, request.origin().secure(), exchange.body()))
        .onFailure(failure -> exchange.body().release());
  }
}
