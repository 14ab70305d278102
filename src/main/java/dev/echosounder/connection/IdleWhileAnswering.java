package dev.echosounder.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;

/**
 * Holds the idle timeout of an HTTP/1 connection back while an answer is being made: a delay, or a
 * query of slow targets, has a deadline of its own. Vert.x would close the connection, since no
 * byte moves. While a body is awaited, or the answer is written and not taken, the timeout stands.
 *
 * <p>It sits behind Netty's idle handler, before that of Vert.x.
 */
final class IdleWhileAnswering extends ChannelDuplexHandler {

  private int received;
  private int answered;
  private boolean receiving;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest) {
      receiving = true;
    }
    if (message instanceof LastHttpContent) {
      receiving = false;
      received++;
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    boolean interim =
        message instanceof HttpResponse response
            && response.status().equals(HttpResponseStatus.CONTINUE);
    if (message instanceof LastHttpContent && !interim) {
      answered++;
    }
    ctx.write(message, promise);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    boolean answering = !receiving && received > answered;
    if (!(event instanceof IdleStateEvent && answering)) {
      ctx.fireUserEventTriggered(event);
    }
  }
}
