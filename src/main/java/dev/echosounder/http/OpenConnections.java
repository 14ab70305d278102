package dev.echosounder.http;

import java.util.concurrent.atomic.AtomicInteger;

/** How many connections are open on all event loops, and how many may be. Used by all of them. */
public final class OpenConnections {

  /**
   * How many of those that are too many hear so, where descriptors are no matter: a close that is
   * heard takes a while, see {@link StagedClose}.
   */
  public static final int MOST_HEARD = 1000;

  private final int most;
  private final int mostHeard;
  private final AtomicInteger open = new AtomicInteger();

  /**
   * @param most how many there may be
   * @param mostHeard how many more may be open at once to hear that they are too many
   */
  public OpenConnections(int most, int mostHeard) {
    this.most = most;
    this.mostHeard = mostHeard;
  }

  /** How many there may be, those included that hear that they are too many. */
  int inAll() {
    return most + mostHeard;
  }

  /** Counts one more. */
  void opened() {
    open.incrementAndGet();
  }

  /** Counts one less. */
  void closed() {
    open.decrementAndGet();
  }

  /** Whether there are more than there may be. */
  boolean tooMany() {
    return open.get() > most;
  }

  /** Whether there are so many that one of them is closed without a word. */
  boolean tooManyToHear() {
    return open.get() > inAll();
  }
}
