package dev.echosounder.testing;

import dev.echosounder.bus.Page;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/** Pages of given bytes. */
public final class TestPage {

  private static final int PIECE = 1 << 16;

  private TestPage() {}

  /** A page with one reference. */
  public static Page of(String contentType, byte[] bytes) {
    List<ByteBuf> pieces = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += PIECE) {
      int size = Math.min(PIECE, bytes.length - from);
      pieces.add(PooledByteBufAllocator.DEFAULT.directBuffer(size).writeBytes(bytes, from, size));
    }
    return new Page(contentType, pieces);
  }
}
