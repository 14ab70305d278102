package dev.echosounder.connection;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A number of places to be taken, which may be a part of others. May be used by any thread. */
final class Places {

  private final int most;
  private final Optional<Places> partOf;
  private final AtomicInteger taken = new AtomicInteger();

  /** Places that are part of no others. */
  Places(int most) {
    this(most, Optional.empty());
  }

  /**
   * @param partOf where one of these is taken, one of those is too
   */
  Places(int most, Places partOf) {
    this(most, Optional.of(partOf));
  }

  private Places(int most, Optional<Places> partOf) {
    this.most = most;
    this.partOf = partOf;
  }

  /** Takes one, if one is free. */
  boolean take() {
    if (taken.incrementAndGet() <= most && partOf.map(Places::take).orElse(true)) {
      return true;
    }
    taken.decrementAndGet();
    return false;
  }

  /** Gives one back. */
  void leave() {
    taken.decrementAndGet();
    partOf.ifPresent(Places::leave);
  }
}
