package dev.echosounder.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes an HTTP/1 connection whose client takes too long over a request's header section. The time
 * runs from the opening of the connection, and later from the first byte of each request. Vert.x
 * has only an idle timeout, which every byte extends, so that a client may drip a header for ever.
 *
 * <p>It sits right behind the decoder: bytes that were read without yielding a request are the
 * beginning of one.
 */
final class HeaderTimeout extends ChannelInboundHandlerAdapter {

  private final StrictRequestDecoder decoder;
  private final long nanos;
  private Future<?> deadline;
  private boolean inMessage;

  /**
   * @param decoder the handler before this one
   */
  HeaderTimeout(StrictRequestDecoder decoder, Duration timeout) {
    this.decoder = decoder;
    this.nanos = timeout.toNanos();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    start(ctx);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    cancel();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest) {
      inMessage = true;
      cancel();
    }
    if (message instanceof LastHttpContent) {
      inMessage = false;
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (!inMessage && deadline == null && decoder.hasUndecodedBytes()) {
      start(ctx);
    }
    ctx.fireChannelReadComplete();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    cancel();
    ctx.fireChannelInactive();
  }

  private void start(ChannelHandlerContext ctx) {
    deadline = ctx.executor().schedule(() -> end(ctx), nanos, TimeUnit.NANOSECONDS);
  }

  /** A header section of which nothing is read, as earlier answers are due, begins anew. */
  private void end(ChannelHandlerContext ctx) {
    if (ctx.channel().config().isAutoRead() && ctx.channel().isWritable()) {
      ctx.close();
    } else {
      start(ctx);
    }
  }

  private void cancel() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }
}
