package dev.echosounder.protocol;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory all bodies that are kept at one time may take, so that many large ones cost
 * probes and not the service. Used by any thread.
 */
final class BodyBudget {

  private final AtomicLong left;

  /**
   * @param bytes for all bodies together
   */
  BodyBudget(long bytes) {
    left = new AtomicLong(bytes);
  }

  /** A quarter of the largest heap that the JVM may have. */
  static BodyBudget ofHeap() {
    return new BodyBudget(Runtime.getRuntime().maxMemory() / 4);
  }

  /** Takes this many bytes, if they are left. */
  boolean take(long bytes) {
    if (left.addAndGet(-bytes) >= 0) {
      return true;
    }
    left.addAndGet(bytes);
    return false;
  }

  /** Gives back what was taken. */
  void giveBack(long bytes) {
    left.addAndGet(bytes);
  }

  /** How many bytes are left. */
  long left() {
    return left.get();
  }
}
