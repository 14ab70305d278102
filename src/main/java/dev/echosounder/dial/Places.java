package dev.echosounder.dial;

import io.vertx.core.Future;

/** How many visits may be under way at once. Used on one event loop only. */
public interface Places {

  /**
   * Takes one as soon as it is free.
   *
   * @return whether one was taken; false once patience has ended before. Never fails.
   */
  Future<Boolean> take(Deadline patience);

  /** Gives one back that was taken. */
  void release();
}
