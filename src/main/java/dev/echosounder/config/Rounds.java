package dev.echosounder.config;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at something outside of this process, each period and when asked to. Rounds never overlap,
 * and run on the context that this was made on. Methods may be called from any thread.
 *
 * @param <R> what comes of looking when asked to
 */
public final class Rounds<R> {

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private final Vertx vertx;
  private final Context context;
  private final String what;
  private final Supplier<Future<?>> scan;
  private final Supplier<Future<R>> read;
  private final long timer;
  private Future<?> last = Future.succeededFuture();
  private Future<R> waiting;
  private boolean closed;

  /**
   * Begins; the first scan is a period away.
   *
   * @param what is looked at, for the log
   * @param scan what to do each period; left out while another round is under way
   * @param read what to do when asked to
   */
  public Rounds(
      Vertx vertx,
      Duration period,
      String what,
      Supplier<Future<?>> scan,
      Supplier<Future<R>> read) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.what = what;
    this.scan = scan;
    this.read = read;
    this.timer = vertx.setPeriodic(period.toMillis(), id -> tick());
  }

  /**
   * Looks now, after what is under way. A call while another one waits for its turn gets the same
   * result. The future fails if the round does.
   */
  public synchronized Future<R> readNow() {
    if (waiting == null) {
      waiting = last.transform(any -> here(this::readAsked));
      last = waiting;
    }
    return waiting;
  }

  /** Ends it; a round under way ends by itself. */
  public synchronized void close() {
    closed = true;
    vertx.cancelTimer(timer);
  }

  /** Whether {@link #close} was called. */
  public synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void tick() {
    if (last.isComplete()) {
      last = here(scan).onFailure(this::unexpected);
    }
  }

  private void unexpected(Throwable cause) {
    if (!isClosed()) {
      LOG.error("Looking at {} failed", what, cause);
    }
  }

  private Future<R> readAsked() {
    synchronized (this) {
      waiting = null;
    }
    return read.get();
  }

  /** Runs on the context, so that the state of whoever looks belongs to one thread. */
  private <T> Future<T> here(Supplier<? extends Future<? extends T>> action) {
    // Composed, so that what the action throws fails the future as well.
    return Future.future(
        promise ->
            context.runOnContext(
                any ->
                    Future.<Void>succeededFuture()
                        .<T>compose(none -> action.get().map(result -> result))
                        .onComplete(promise)));
  }
}
