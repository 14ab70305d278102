package dev.echosounder.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The large answers of one event loop that their clients have not taken yet. Together they are
 * bounded, so that clients that read nothing do not fill the memory with pages of their own.
 */
final class Untaken {

  private static final int PART_OF_HEAP = 4;
  private static final Duration SOON = Duration.ofSeconds(1);

  private final long mostBytes;
  private long bytes;

  /**
   * @param mostBytes how much there may be; one answer may always be there
   */
  Untaken(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** A quarter of the heap, shared by all event loops. */
  static Untaken ofHeap() {
    Runtime runtime = Runtime.getRuntime();
    return new Untaken(runtime.maxMemory() / PART_OF_HEAP / runtime.availableProcessors());
  }

  /**
   * Sends an answer, or says that it has to be asked for later.
   *
   * @param size of the answer, in bytes
   * @param answer sends it
   * @return done when the client has it; fails when the client is gone
   */
  Future<Void> send(HttpServerRequest request, long size, Supplier<Future<Void>> answer) {
    if (bytes > 0 && bytes + size > mostBytes) {
      String message = "too many answers are not taken yet";
      return Answer.later(request, 503, "overloaded", message, SOON);
    }
    bytes += size;
    return answer.get().onComplete(taken -> bytes -= size);
  }
}
