package dev.echosounder.protocol;

import dev.echosounder.bus.Reason;
import dev.echosounder.dial.ProbeFailure;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A body as it comes in: counted, and its beginning kept as far as that is asked for. Used by one
 * thread after another; whoever made it releases it.
 */
final class BodyBuffer {

  // In blocks, because a peer may send byte by byte.
  private static final int BLOCK = 16 * 1024;
  private static final long MOST_KEPT = 1L << 30;

  private final long limit;
  private final long keep;
  private final BodyBudget budget;
  private final List<byte[]> blocks = new ArrayList<>();
  private Optional<ProbeFailure> failure = Optional.empty();
  private long length;
  private int kept;
  private long taken;

  /**
   * @param limit the longest body that is good, in bytes
   * @param keep how much of it is kept
   */
  BodyBuffer(long limit, long keep, BodyBudget budget) {
    this.limit = limit;
    this.keep = Math.min(keep, MOST_KEPT);
    this.budget = budget;
  }

  /** Adds what is readable of a part; whether more of the body is of interest. */
  boolean add(ByteBuf part) {
    int wanted = count(part.readableBytes());
    while (wanted > 0 && hasRoom()) {
      int step = Math.min(wanted, BLOCK - kept % BLOCK);
      part.readBytes(lastBlock(), kept % BLOCK, step);
      kept += step;
      wanted -= step;
    }
    return failure.isEmpty();
  }

  /** Adds the first bytes of an array; whether more of the body is of interest. */
  boolean add(byte[] bytes, int count) {
    int wanted = count(count);
    int from = 0;
    while (wanted > 0 && hasRoom()) {
      int step = Math.min(wanted, BLOCK - kept % BLOCK);
      System.arraycopy(bytes, from, lastBlock(), kept % BLOCK, step);
      kept += step;
      from += step;
      wanted -= step;
    }
    return failure.isEmpty();
  }

  /** Counts bytes that came in; how many of them are to be kept. */
  private int count(int bytes) {
    length += bytes;
    if (length > limit) {
      fail(new ProbeFailure(Reason.BODY_LIMIT, "the body is longer than " + limit + " bytes"));
    }
    return failure.isPresent() ? 0 : (int) Math.min(bytes, keep - kept);
  }

  private boolean hasRoom() {
    if (kept == blocks.size() * BLOCK && reserve(BLOCK)) {
      blocks.add(new byte[BLOCK]);
    }
    return kept < blocks.size() * BLOCK;
  }

  private byte[] lastBlock() {
    return blocks.get(blocks.size() - 1);
  }

  /** Takes memory from the budget, until the release; if there is none, the body fails. */
  boolean reserve(long bytes) {
    if (!budget.take(bytes)) {
      fail(new ProbeFailure(Reason.OVERLOAD, "no memory is left for bodies"));
      return false;
    }
    taken += bytes;
    return true;
  }

  /** The body is not good; the first failure counts. */
  void fail(ProbeFailure why) {
    failure = failure.or(() -> Optional.of(why));
  }

  /** Why the body is not good, if it is not. */
  Optional<ProbeFailure> failure() {
    return failure;
  }

  /** How long the body is, as far as it has come in, and no more than the limit. */
  long length() {
    return Math.min(length, limit);
  }

  /** How many bytes were kept. */
  int kept() {
    return kept;
  }

  /** What was kept; empty if there is no memory for it in one piece. */
  byte[] bytes() {
    byte[] whole = new byte[reserve(kept) ? kept : 0];
    for (int from = 0; from < whole.length; from += BLOCK) {
      System.arraycopy(blocks.get(from / BLOCK), 0, whole, from, Math.min(BLOCK, kept - from));
    }
    return whole;
  }

  /** What was kept, as UTF-8 with the replacement character for what is none. */
  String text() {
    return reserve(2L * kept) ? new String(bytes(), StandardCharsets.UTF_8) : "";
  }

  /** The first bytes of what was kept, as text. */
  String beginning(int bytes) {
    byte[] whole = bytes();
    return new String(whole, 0, Math.min(bytes, whole.length), StandardCharsets.UTF_8);
  }

  /** Gives the memory back. More than once is once. */
  void release() {
    blocks.clear();
    kept = 0;
    budget.giveBack(taken);
    taken = 0;
  }
}
