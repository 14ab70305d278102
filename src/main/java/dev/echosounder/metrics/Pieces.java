package dev.echosounder.metrics;

import dev.echosounder.bus.Page;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A page while it is written: pieces of memory outside the heap, filled one after another. It ends
 * as a {@link Page}, or is released.
 */
final class Pieces extends OutputStream {

  /** Of each piece but the last, in bytes. */
  static final int SIZE = 1 << 16;

  /** Netty's default one, which adapts, never gives back what the largest pages have taken. */
  private static final ByteBufAllocator MEMORY = PooledByteBufAllocator.DEFAULT;

  private final List<ByteBuf> all = new ArrayList<>();

  @Override
  public void write(int b) {
    withRoom().writeByte(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    int end = offset + length;
    for (int from = offset; from < end; ) {
      ByteBuf piece = withRoom();
      int part = Math.min(piece.writableBytes(), end - from);
      piece.writeBytes(bytes, from, part);
      from += part;
    }
  }

  private ByteBuf withRoom() {
    ByteBuf last = all.isEmpty() ? null : all.get(all.size() - 1);
    if (last != null && last.isWritable()) {
      return last;
    }
    ByteBuf next = MEMORY.directBuffer(SIZE, SIZE);
    all.add(next);
    return next;
  }

  /** All that was written, which is the page's from now on. */
  Page page(String contentType) {
    return new Page(contentType, all);
  }

  /** Gives back the memory of a page that is not to be. */
  void release() {
    all.forEach(ByteBuf::release);
  }
}
