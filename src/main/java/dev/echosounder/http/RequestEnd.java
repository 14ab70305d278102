package dev.echosounder.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Acts once, when the request under way has been read to its end, and leaves the pipeline. It sits
 * right behind the decoder, which holds no state between two requests.
 */
final class RequestEnd extends ChannelInboundHandlerAdapter {

  private final Runnable action;

  RequestEnd(Runnable action) {
    this.action = action;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ctx.fireChannelRead(message);
    if (message instanceof LastHttpContent) {
      ctx.pipeline().remove(this);
      action.run();
    }
  }
}
