package dev.echosounder.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Closes an HTTP/1 connection in stages once it has been told to (RFC 9112 section 9.6): what was
 * written is sent, and no more; then what the client still sends is read and dropped until the
 * client closes too, for at most {@link #LINGER_SECONDS}. A close at once would have the kernel
 * answer what is still on its way with a reset, on which a client may lose the answer that says
 * what was wrong.
 *
 * <p>It sits before the decoder.
 */
final class StagedClose extends ChannelDuplexHandler {

  static final long LINGER_SECONDS = 2;

  private boolean staged;
  private ChannelPromise closing;

  /** From now on a close has stages. */
  void enable() {
    staged = true;
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (!staged || closing != null || !ctx.channel().isActive()) {
      ctx.close(promise);
      return;
    }
    closing = promise;
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> endOutput(ctx));
    Runnable close = ctx::close;
    ctx.executor().schedule(close, LINGER_SECONDS, TimeUnit.SECONDS);
    // It may have been stopped where a request was answered slowly.
    ctx.channel().config().setAutoRead(true);
  }

  /** Under TLS the end of the answer has to do: without its own end it would look cut off. */
  private static void endOutput(ChannelHandlerContext ctx) {
    if (ctx.channel() instanceof DuplexChannel channel
        && ctx.pipeline().get(SslHandler.class) == null) {
      channel.shutdownOutput();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (closing == null) {
      ctx.fireChannelRead(message);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (closing != null) {
      closing.trySuccess();
    }
    ctx.fireChannelInactive();
  }
}
