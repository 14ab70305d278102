package dev.echosounder.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets a client ask no faster than it takes its answers: while so much waits to be sent that Netty
 * calls the channel unwritable, or Vert.x wants nothing read, no byte is passed on and no more is
 * read. Vert.x looks at neither between two requests of one read, so that a client that asks on and
 * on and takes no answer would have answers pile up without end.
 *
 * <p>It sits behind TLS and before what decodes. What it holds is no more than one read.
 */
final class Backpressure extends ChannelDuplexHandler {

  /** How much is decoded before it looks again: some hundred of the smallest requests. */
  private static final int PIECE_BYTES = 4096;

  private final Deque<ByteBuf> held = new ArrayDeque<>();
  private boolean readWanted;
  private boolean passing;

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    // Netty's own is up to 16 reads of 64 KiB before anything else has its turn.
    if (ctx.channel().config().getRecvByteBufAllocator()
        instanceof MaxMessagesRecvByteBufAllocator reads) {
      reads.maxMessagesPerRead(1);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      ctx.fireChannelRead(message);
    } else if (held.isEmpty() && mayPass(ctx) && bytes.readableBytes() <= PIECE_BYTES) {
      ctx.fireChannelRead(bytes);
    } else {
      held.add(bytes);
      pass(ctx);
    }
  }

  private static boolean mayPass(ChannelHandlerContext ctx) {
    return ctx.channel().isWritable() && ctx.channel().config().isAutoRead();
  }

  private void pass(ChannelHandlerContext ctx) {
    if (passing) {
      return;
    }
    passing = true;
    try {
      while (!held.isEmpty() && mayPass(ctx)) {
        ctx.fireChannelRead(piece());
        // Here answers are flushed, and Vert.x says whether it wants more.
        ctx.fireChannelReadComplete();
      }
    } finally {
      passing = false;
    }
    if (readWanted && held.isEmpty() && ctx.channel().isWritable()) {
      readWanted = false;
      ctx.read();
    }
  }

  private ByteBuf piece() {
    ByteBuf first = held.element();
    return first.readableBytes() > PIECE_BYTES ? first.readRetainedSlice(PIECE_BYTES) : held.poll();
  }

  @Override
  public void read(ChannelHandlerContext ctx) {
    if (held.isEmpty() && ctx.channel().isWritable()) {
      ctx.read();
    } else {
      readWanted = true;
      // Not at once: who wants to read is in the midst of something.
      ctx.executor().execute(() -> pass(ctx));
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    // What waits behind this one has its turn first.
    ctx.fireChannelWritabilityChanged();
    pass(ctx);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    drop();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    drop();
  }

  private void drop() {
    held.forEach(ReferenceCountUtil::release);
    held.clear();
  }
}
