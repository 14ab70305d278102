package dev.echosounder.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands where connections are accepted, of all ports: counts them, closes what is more than there
 * may be before it costs anything, and has the others begin with {@link Opening}. Vert.x tells of a
 * connection only after its handshake, or even later. May be used by any thread.
 */
@Sharable
final class Gate extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private static final long PAUSE_MILLIS = 100;
  private static final long SELDOM = TimeUnit.MINUTES.toNanos(1);

  private volatile Rules rules =
      new Rules(new OpenConnections(Integer.MAX_VALUE, 0), Long.MAX_VALUE, http1 -> {});
  private long silentUntil = System.nanoTime();

  /**
   * What holds for connections to come.
   *
   * @param open counts them
   * @param openingNanos how long one may take to become one of HTTP
   * @param isHttp1 see {@link Opening}
   */
  record Rules(OpenConnections open, long openingNanos, Consumer<ChannelPipeline> isHttp1) {}

  /** Puts rules in force. */
  void enforce(Rules wanted) {
    rules = wanted;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Channel connection = (Channel) message;
    Rules now = rules;
    if (!now.open().enter()) {
      connection.unsafe().closeForcibly();
      return;
    }
    connection.closeFuture().addListener(closed -> now.open().leave());
    connection.pipeline().addFirst(new Opening(now.openingNanos(), now.isHttp1()));
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
