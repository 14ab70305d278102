package dev.echosounder.bus;

import io.netty.buffer.ByteBuf;
import io.netty.util.AbstractReferenceCounted;
import java.util.List;

/**
 * The metrics page, encoded as asked, in pieces of memory outside the heap. It never changes, and
 * all who asked may hold the same one, from any thread. Each has a reference of its own and
 * releases it; with the last one the memory is given back.
 */
public final class Page extends AbstractReferenceCounted {

  private final String contentType;
  private final List<ByteBuf> pieces;
  private final long length;

  /**
   * Makes a page with one reference, that of its maker.
   *
   * @param contentType the value of {@code Content-Type}
   * @param pieces the page, in order; released with it
   */
  public Page(String contentType, List<ByteBuf> pieces) {
    this.contentType = contentType;
    this.pieces = List.copyOf(pieces);
    this.length = pieces.stream().mapToLong(ByteBuf::readableBytes).sum();
  }

  /** The value of {@code Content-Type}. */
  public String contentType() {
    return contentType;
  }

  /** The pieces, for who holds a reference; to be read without moving their indices. */
  public List<ByteBuf> pieces() {
    return pieces;
  }

  /** How many bytes there are. */
  public long length() {
    return length;
  }

  @Override
  protected void deallocate() {
    pieces.forEach(ByteBuf::release);
  }

  @Override
  public Page touch(Object hint) {
    pieces.forEach(piece -> piece.touch(hint));
    return this;
  }
}
