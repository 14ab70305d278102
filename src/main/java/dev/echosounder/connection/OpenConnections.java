package dev.echosounder.connection;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
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

  /** How many the main port leaves to a management port, where there are enough. */
  static final int RESERVE = 100;

  /** Where they are few, one in so many. */
  private static final int RESERVE_PART = 4;

  private final Map<Entrance, Places> places = new EnumMap<>(Entrance.class);
  private final Places heard;
  private final AtomicLong refused = new AtomicLong();

  /**
   * @param most how many there may be
   * @param mostHeard how many more may be open at once to hear that they are too many
   * @param apart whether management has a port of its own. Then some of {@code most} are for that
   *     port alone, so that a flood of the main one leaves health and metrics to be asked for.
   */
  public OpenConnections(int most, int mostHeard, boolean apart) {
    Places all = new Places(most);
    int reserve = apart ? Math.min(RESERVE, most / RESERVE_PART) : 0;
    places.put(Entrance.MANAGEMENT, all);
    places.put(Entrance.MAIN, new Places(most - reserve, all));
    heard = new Places(mostHeard);
  }

  /** Counts one more; empty if it is one too many even to hear so: then it must be closed. */
  Optional<Seat> enter(Entrance entrance) {
    Places own = places.get(entrance);
    if (own.take()) {
      return Optional.of(new Seat(own, true));
    }
    refused.incrementAndGet();
    return heard.take() ? Optional.of(new Seat(heard, false)) : Optional.empty();
  }

  /** How many were too many since this was asked last, whether they heard so or not. */
  public long takeRefused() {
    return refused.getAndSet(0);
  }
}
