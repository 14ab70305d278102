package dev.echosounder.probe;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * How many probes may run at once; the rest wait, first come, first served. Used on one event loop
 * only.
 */
final class Slots {

  private final Set<Promise<Boolean>> waiting = new LinkedHashSet<>();
  private int limit;
  private int taken;
  private boolean granting;

  Slots(int limit) {
    this.limit = limit;
  }

  /**
   * Takes a slot as soon as one is free.
   *
   * @return whether a slot was taken; false once patience has ended before. Never fails.
   */
  Future<Boolean> take(Deadline patience) {
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

  /** Gives a slot back that was taken. */
  void release() {
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

  // A probe may be over before complete() returns, and give its slot back from in there: the loop
  // that runs goes on with it, so that thousands of such probes do not pile up on the stack.
  private void grant() {
    if (granting) {
      return;
    }
    granting = true;
    while (taken < limit && !waiting.isEmpty()) {
      Iterator<Promise<Boolean>> first = waiting.iterator();
      Promise<Boolean> turn = first.next();
      first.remove();
      taken++;
      turn.complete(true);
    }
    granting = false;
  }
}
