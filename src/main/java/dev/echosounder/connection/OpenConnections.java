package dev.echosounder.connection;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many connections are open on all ports and event loops, and how many may be. May be used by
 * any thread.
 */
public final class OpenConnections {

  /**
   * How many of those that are too many hear so, where descriptors are no matter: a close that is
   * heard takes a while, see {@link StagedClose}.
   */
  public static final int MOST_HEARD = 1000;

  private final int most;
  private final int mostHeard;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong refused = new AtomicLong();

  /**
   * @param most how many there may be
   * @param mostHeard how many more may be open at once to hear that they are too many
   */
  public OpenConnections(int most, int mostHeard) {
    this.most = most;
    this.mostHeard = mostHeard;
  }

  /** Counts one more, unless it is one too many to hear so; then it must be closed. */
  boolean enter() {
    if (open.incrementAndGet() <= most + mostHeard) {
      return true;
    }
    open.decrementAndGet();
    refused.incrementAndGet();
    return false;
  }

  /** Counts one less. */
  void leave() {
    open.decrementAndGet();
  }

  /** Whether a new one that was counted may stay; else it has to hear that it is one too many. */
  boolean admits() {
    if (open.get() <= most) {
      return true;
    }
    refused.incrementAndGet();
    return false;
  }

  /** How many were too many since this was asked last, whether they heard so or not. */
  public long takeRefused() {
    return refused.getAndSet(0);
  }
}
