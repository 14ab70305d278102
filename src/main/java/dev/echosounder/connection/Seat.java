package dev.echosounder.connection;

import io.netty.util.AttributeKey;

/**
 * What a connection got as it was accepted, and has until it is closed.
 *
 * @param places those it has one of
 * @param admitted whether it may stay; else it has to hear that it is one too many
 */
record Seat(Places places, boolean admitted) {

  /** Where its channel keeps it. */
  static final AttributeKey<Seat> KEY = AttributeKey.valueOf(Seat.class, "seat");

  /** Gives the place back; once. */
  void leave() {
    places.leave();
  }
}
