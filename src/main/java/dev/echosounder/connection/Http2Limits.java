package dev.echosounder.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.timeout.IdleStateEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the time of an HTTP/2 connection by its streams. It is idle only while it has none: Vert.x
 * would close it in the middle of an answer that takes long. A stream is ended with {@code
 * ENHANCE_YOUR_CALM} if its client does not open its window (RFC 9113 section 5.2) for the answer
 * that waits, for longer than an answer may take: PINGs alone would keep it for ever.
 *
 * <p>It sits right before the handler of HTTP/2.
 */
final class Http2Limits extends ChannelInboundHandlerAdapter {

  /** How often it looks, within the longest time. */
  private static final int LOOKS = 4;

  private final Http2ConnectionHandler http2;
  private final Http2Connection.PropertyKey begun;
  private final long longestNanos;
  private Future<?> looks;

  Http2Limits(Http2ConnectionHandler http2, Duration longest) {
    this.http2 = http2;
    this.begun = http2.connection().newKey();
    this.longestNanos = longest.toNanos();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    long period = Math.max(1, longestNanos / LOOKS);
    looks =
        ctx.executor().scheduleAtFixedRate(() -> look(ctx), period, period, TimeUnit.NANOSECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    looks.cancel(false);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    looks.cancel(false);
    ctx.fireChannelInactive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (!(event instanceof IdleStateEvent && http2.connection().numActiveStreams() > 0)) {
      ctx.fireUserEventTriggered(event);
    }
  }

  private void look(ChannelHandlerContext ctx) {
    List<Http2Stream> stuck = new ArrayList<>();
    try {
      http2
          .connection()
          .forEachActiveStream(
              stream -> {
                if (isStuck(stream)) {
                  stuck.add(stream);
                }
                return true;
              });
    } catch (Http2Exception e) {
      ctx.fireExceptionCaught(e);
    }
    ChannelHandlerContext own = ctx.pipeline().context(http2);
    for (Http2Stream stream : stuck) {
      http2.resetStream(own, stream.id(), Http2Error.ENHANCE_YOUR_CALM.code(), own.newPromise());
    }
    if (!stuck.isEmpty()) {
      own.flush();
    }
  }

  /** Answers are sent whole, so one that has begun and not ended waits for its client. */
  private boolean isStuck(Http2Stream stream) {
    if (!stream.isHeadersSent()) {
      return false;
    }
    Long since = stream.getProperty(begun);
    if (since == null) {
      stream.setProperty(begun, System.nanoTime());
      return false;
    }
    return System.nanoTime() - since >= longestNanos;
  }
}
