package dev.echosounder.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose client does not take what is written to it: so much is waiting that
 * Netty calls it unwritable, and does so for longer than an answer may take. Without it a client
 * that reads a byte a minute would hold a whole page in memory for ever.
 *
 * <p>It sits before every handler that might hold its close back.
 */
final class SlowReader extends ChannelInboundHandlerAdapter {

  private final long nanos;
  private Future<?> deadline;

  SlowReader(Duration longest) {
    this.nanos = longest.toNanos();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      cancel();
    } else if (deadline == null) {
      deadline = ctx.executor().schedule(() -> cut(ctx), nanos, TimeUnit.NANOSECONDS);
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    cancel();
    ctx.fireChannelInactive();
  }

  /** With a reset, so that the kernel does not go on offering what nobody takes. */
  private static void cut(ChannelHandlerContext ctx) {
    ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    ctx.close();
  }

  private void cancel() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }
}
