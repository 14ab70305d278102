package dev.echosounder.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.impl.Http1xOrH2CHandler;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Closes a connection that does not become one of HTTP in time: Vert.x tells of a connection of
 * HTTP/2 only with the client's first SETTINGS, and where HTTP/2 may come in clear text, of one of
 * HTTP/1 only with its first request; until then it has an idle timeout alone, which every byte
 * extends.
 *
 * <p>It is the first handler of an accepted channel, until {@link Connections} knows of it.
 */
final class Opening extends ChannelInboundHandlerAdapter {

  private final long nanos;
  private final Consumer<ChannelPipeline> isHttp1;
  private Future<?> deadline;

  /**
   * @param nanos how long the opening may take
   * @param isHttp1 called with a connection that turns out to be of HTTP/1 where it might have been
   *     of HTTP/2, before its first request is decoded
   */
  Opening(long nanos, Consumer<ChannelPipeline> isHttp1) {
    this.nanos = nanos;
    this.isHttp1 = isHttp1;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    Runnable close = ctx::close;
    deadline = ctx.executor().schedule(close, nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    deadline.cancel(false);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    deadline.cancel(false);
    ctx.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (ctx.pipeline().get(Http1xOrH2CHandler.class) != null) {
      tellApart(ctx, (ByteBuf) message);
    } else {
      ctx.fireChannelRead(message);
    }
  }

  /** By single bytes: none of a request must be decoded before its decoder is ours. */
  private void tellApart(ChannelHandlerContext ctx, ByteBuf bytes) {
    ChannelPipeline pipeline = ctx.pipeline();
    while (bytes.isReadable() && pipeline.get(Http1xOrH2CHandler.class) != null) {
      ctx.fireChannelRead(bytes.readRetainedSlice(1));
    }
    // The first byte alone may have been refused, and the connection be taken in for that.
    if (pipeline.get(Connections.DECODER) != null && !ctx.isRemoved()) {
      isHttp1.accept(pipeline);
    }
    if (bytes.isReadable()) {
      ctx.fireChannelRead(bytes);
    } else {
      bytes.release();
    }
  }
}
