package dev.echosounder.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands where the connections of one port are accepted: counts them, closes what is more than
 * there may be before it costs anything, and has the others begin with {@link Opening}. Vert.x
 * tells of a connection only after its handshake, or even later.
 */
final class Gate extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private static final long PAUSE_MILLIS = 100;
  private static final long SELDOM = TimeUnit.MINUTES.toNanos(1);

  private final Rules rules;
  private final Entrance entrance;
  private long silentUntil = System.nanoTime();

  /**
   * What holds for the connections of all ports.
   *
   * @param open counts them
   * @param managementPort that of management as the server is told it, where it is one of its own
   * @param openingNanos how long one may take to become one of HTTP
   * @param isHttp1 see {@link Opening}
   */
  record Rules(
      OpenConnections open,
      OptionalInt managementPort,
      long openingNanos,
      Consumer<ChannelPipeline> isHttp1) {

    /** Those of servers that are none of this service. */
    static final Rules NONE =
        new Rules(
            new OpenConnections(Integer.MAX_VALUE, 0, false),
            OptionalInt.empty(),
            Long.MAX_VALUE,
            http1 -> {});

    private Entrance entrance(int port) {
      return managementPort.equals(OptionalInt.of(port)) ? Entrance.MANAGEMENT : Entrance.MAIN;
    }
  }

  /**
   * @param port where the server listens, as it is told
   */
  Gate(Rules rules, int port) {
    this.rules = rules;
    this.entrance = rules.entrance(port);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Channel connection = (Channel) message;
    Optional<Seat> seat = rules.open().enter(entrance);
    if (seat.isEmpty()) {
      connection.unsafe().closeForcibly();
      return;
    }
    connection.attr(Seat.KEY).set(seat.get());
    connection.closeFuture().addListener(closed -> seat.get().leave());
    connection.pipeline().addFirst(new Opening(rules.openingNanos(), rules.isHttp1()));
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
