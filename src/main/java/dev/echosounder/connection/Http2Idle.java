package dev.echosounder.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends an HTTP/2 connection that has had no stream for a while, whatever else its client sends:
 * PINGs, SETTINGS or the beginning of a header section would keep it for ever by the idle timeout
 * of Vert.x.
 *
 * <p>It sits right before the handler of HTTP/2.
 */
final class Http2Idle extends ChannelInboundHandlerAdapter {

  private final Http2ConnectionHandler http2;
  private final Duration untilFirst;
  private final Duration between;
  private Future<?> deadline;

  /**
   * @param untilFirst how long the first stream may be waited for
   * @param between how long each further one
   */
  Http2Idle(Http2ConnectionHandler http2, Duration untilFirst, Duration between) {
    this.http2 = http2;
    this.untilFirst = untilFirst;
    this.between = between;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    http2.connection().addListener(new Streams(ctx));
    if (http2.connection().numActiveStreams() == 0) {
      start(ctx, untilFirst);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    cancel();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ctx.fireChannelInactive();
    cancel();
  }

  private void start(ChannelHandlerContext ctx, Duration wait) {
    cancel();
    deadline = ctx.executor().schedule(() -> end(ctx), wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void cancel() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  /** Not by the close of HTTP/2, which waits until its GOAWAY is taken. */
  private void end(ChannelHandlerContext ctx) {
    ChannelHandlerContext own = ctx.pipeline().context(http2);
    int last = http2.connection().remote().lastStreamCreated();
    http2.goAway(own, last, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER, own.newPromise());
    own.flush();
    ctx.close();
  }

  private final class Streams extends Http2ConnectionAdapter {

    private final ChannelHandlerContext ctx;

    Streams(ChannelHandlerContext ctx) {
      this.ctx = ctx;
    }

    @Override
    public void onStreamActive(Http2Stream stream) {
      cancel();
    }

    @Override
    public void onStreamClosed(Http2Stream stream) {
      Http2Connection connection = http2.connection();
      if (connection.numActiveStreams() == 0 && ctx.channel().isActive()) {
        start(ctx, between);
      }
    }
  }
}
