package dev.echosounder.dial;

import dev.echosounder.bus.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * The end of one piece of work: it comes when the time is over, or earlier by {@link #end()}. Used
 * on one event loop only.
 */
public final class Deadline {

  private final Vertx vertx;
  private final long timer;
  private final Promise<Void> ended = Promise.promise();

  /** One that comes after this time, at the earliest after a millisecond. */
  public Deadline(Vertx vertx, Duration after) {
    this.vertx = vertx;
    this.timer = vertx.setTimer(Math.max(1, after.toMillis()), id -> ended.tryComplete());
  }

  /** Ends now: the work is done, or not wanted any more. More than once is once. */
  public void end() {
    vertx.cancelTimer(timer);
    ended.tryComplete();
  }

  /** Whether the end has come. */
  public boolean isOver() {
    return ended.future().isComplete();
  }

  /** Whether the end has come, for other threads to ask. */
  public BooleanSupplier over() {
    AtomicBoolean over = new AtomicBoolean();
    onEnd(() -> over.set(true));
    return over::get;
  }

  /** Runs an action at the end; at once if it has come. */
  public void onEnd(Runnable action) {
    ended.future().onComplete(end -> action.run());
  }

  /**
   * The outcome of the work, or a failure with {@link Reason#TIMEOUT} if the end comes first; what
   * the end itself makes fail, such as a connection that it closes, is that too.
   */
  public <T> Future<T> bound(Future<T> work) {
    Promise<T> first = Promise.promise();
    Runnable tooLate = () -> first.tryFail(new ProbeFailure(Reason.TIMEOUT));
    work.onComplete(
        outcome -> {
          if (isOver()) {
            tooLate.run();
          } else {
            first.handle(outcome);
          }
        });
    onEnd(tooLate);
    return first.future();
  }
}
