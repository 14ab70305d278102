package dev.echosounder.protocol;

import dev.echosounder.bus.Reason;
import dev.echosounder.dial.PipelineEnd;
import dev.echosounder.dial.ProbeFailure;
import dev.echosounder.settings.ProxyOptions;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.TargetUrl;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Asks a proxy to connect to a server (RFC 9110 section 9.3.6), and leaves the pipeline. Fails with
 * {@link Reason#STATUS} if the proxy refuses, {@link Reason#PROTOCOL} or {@link Reason#RESET}.
 */
final class Tunnel extends SimpleChannelInboundHandler<HttpObject> {

  private final FullHttpRequest request;
  private final HttpClientCodec codec = new HttpClientCodec(Exchange.DECODER, false, false);
  private final Promise<Void> open = Promise.promise();
  private boolean granted;

  private Tunnel(FullHttpRequest request) {
    this.request = request;
  }

  /**
   * Opens a tunnel on a connection to the proxy.
   *
   * @param authority host and port of the server
   */
  static Future<Void> open(
      Channel channel, String authority, TargetUrl proxy, ProxyOptions options) {
    Tunnel tunnel = new Tunnel(request(authority, proxy, options));
    PipelineEnd.addBefore(channel.pipeline(), tunnel.codec);
    PipelineEnd.addBefore(channel.pipeline(), tunnel);
    return tunnel.open.future();
  }

  private static FullHttpRequest request(String authority, TargetUrl proxy, ProxyOptions options) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.CONNECT, authority, Unpooled.EMPTY_BUFFER);
    request.headers().set(HttpHeaderNames.HOST, authority);
    options
        .connectHeaders()
        .forEach(
            (name, values) ->
                request.headers().set(name, values.stream().map(Secret::value).toList()));
    Authorization.of(proxy)
        .ifPresent(basic -> request.headers().set(HttpHeaderNames.PROXY_AUTHORIZATION, basic));
    return request;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context.writeAndFlush(request).addListener(written -> {});
    context.channel().config().setAutoRead(true);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (part.decoderResult().isFailure()) {
      fail(Reason.PROTOCOL, "what the proxy sent is not HTTP");
    } else if (part instanceof HttpResponse response
        && response.status().codeClass() != HttpStatusClass.SUCCESS
        && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
      fail(Reason.STATUS, "the proxy refused the tunnel with " + response.status().code());
    } else if (part instanceof HttpResponse response) {
      granted = response.status().codeClass() == HttpStatusClass.SUCCESS;
    }
    // Netty ends an interim answer like any other.
    if (granted && part instanceof LastHttpContent && !open.future().isComplete()) {
      context.channel().config().setAutoRead(false);
      context.pipeline().remove(codec);
      context.pipeline().remove(this);
      open.tryComplete();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(Reason.RESET, "the proxy closed the connection");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(Reason.RESET, "the connection to the proxy broke");
  }

  private void fail(Reason reason, String how) {
    open.tryFail(new ProbeFailure(reason, how));
  }
}
