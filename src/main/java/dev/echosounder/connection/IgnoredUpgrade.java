package dev.echosounder.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Ignores that a client would change to HTTP/2 in the middle of HTTP/1, which RFC 9113 section 3.1
 * has done away with: Vert.x would run the request before anything has looked at its framing and
 * its {@code Host}, and forget the body of one that it refuses to change for.
 */
final class IgnoredUpgrade extends ChannelInboundHandlerAdapter {

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest request) {
      request.headers().remove(HttpHeaderNames.UPGRADE);
    }
    ctx.fireChannelRead(message);
  }
}
