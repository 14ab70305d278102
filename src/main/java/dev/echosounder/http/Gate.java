package dev.echosounder.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands where connections are accepted, of all ports, and closes what is more than there may be
 * before it costs anything: {@link Connections} sees a connection only when its TLS stands, and
 * when its event loop comes to it.
 */
@Sharable
final class Gate extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private static final long PAUSE_MILLIS = 100;
  private static final long SELDOM = TimeUnit.MINUTES.toNanos(1);

  private final AtomicInteger accepted = new AtomicInteger();
  private volatile int most = Integer.MAX_VALUE;
  private long silentUntil = System.nanoTime();

  /** How many connections there may be from now on. */
  void limit(int limit) {
    most = limit;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Channel connection = (Channel) message;
    if (accepted.incrementAndGet() > most) {
      accepted.decrementAndGet();
      connection.unsafe().closeForcibly();
      return;
    }
    connection.closeFuture().addListener(closed -> accepted.decrementAndGet());
    ctx.fireChannelRead(message);
  }

  /**
   * A connection cannot be accepted, such as where descriptors have run out: it waits in the
   * kernel. Netty's own would tell the log of each.
   */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      ctx.fireExceptionCaught(cause);
      return;
    }
    ctx.channel().config().setAutoRead(false);
    Runnable again = () -> ctx.channel().config().setAutoRead(true);
    ctx.executor().schedule(again, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    if (System.nanoTime() - silentUntil >= 0) {
      silentUntil = System.nanoTime() + SELDOM;
      LOG.warn("A connection cannot be accepted, and waits: {}", cause.getMessage());
    }
  }
}
