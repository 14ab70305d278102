package dev.echosounder.probe;

import dev.echosounder.dial.Deadline;
import dev.echosounder.dial.Places;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * How many probes may run at once; the rest wait, first come, first served. Used on one event loop
 * only.
 */
final class Slots implements Places {

  // To start a probe costs some 80 microseconds. 4096 of them in one go would keep the event loop
  // from reading answers for a third of a second, which would look like slow targets.
  private static final int AT_ONCE = 32;

  private final Executor nextTurn;
  private final Set<Promise<Boolean>> waiting = new LinkedHashSet<>();
  private int limit;
  private int taken;
  private int left = AT_ONCE;

  /**
   * @param nextTurn runs a task on the event loop, after it has looked at its sockets
   */
  Slots(int limit, Executor nextTurn) {
    this.limit = limit;
    this.nextTurn = nextTurn;
  }

  /** Takes a slot if one is free and nobody waits. */
  boolean takeNow() {
    boolean free = waiting.isEmpty() && isFree();
    if (free) {
      occupy();
    }
    return free;
  }

  @Override
  public Future<Boolean> take(Deadline patience) {
    Promise<Boolean> turn = Promise.promise();
    waiting.add(turn);
    grant();
    patience.onEnd(
        () -> {
          if (waiting.remove(turn)) {
            turn.complete(false);
          }
        });
    return turn.future();
  }

  @Override
  public void release() {
    taken--;
    grant();
  }

  /** Changes the limit. Slots taken beyond a lower one stay taken until they are given back. */
  void limit(int newLimit) {
    limit = newLimit;
    grant();
  }

  /** How many slots are taken. */
  int taken() {
    return taken;
  }

  private void grant() {
    while (!waiting.isEmpty() && isFree()) {
      occupy();
      Iterator<Promise<Boolean>> first = waiting.iterator();
      Promise<Boolean> turn = first.next();
      first.remove();
      turn.complete(true);
    }
  }

  private boolean isFree() {
    return left > 0 && taken < limit;
  }

  private void occupy() {
    if (left == AT_ONCE) {
      nextTurn.execute(this::refill);
    }
    left--;
    taken++;
  }

  private void refill() {
    left = AT_ONCE;
    grant();
  }
}
