package dev.echosounder.probe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * When whose turn is. Regular turns lie on a lattice, {@code phase + k * interval}, where the phase
 * is a hash of the key: the turns of many keys are spread evenly, and those of one key do not
 * depend on which others there are. No clock inside: times are nanoseconds since any fixed moment,
 * never negative, never less than in an earlier call.
 *
 * @param <K> what has turns; its {@code hashCode} must be a function of its value
 */
final class Schedule<K> {

  /** How far apart the first turns of new keys are at least on average: 100 a second. */
  private static final long FIRST_TURN_SPACING = 10_000_000;

  private final Map<K, Turn<K>> turns = new HashMap<>();
  private final NavigableSet<Turn<K>> queue =
      new TreeSet<>(Comparator.<Turn<K>>comparingLong(Turn::due).thenComparingLong(Turn::sequence));
  private long sequence;

  /**
   * One turn.
   *
   * @param due when it is
   */
  record Turn<K>(K key, long interval, long due, long sequence) {}

  /**
   * Adds new keys, each with its interval in nanoseconds. Their first turns come early, in the
   * order of their regular ones, within as many times 10 ms as there are keys, and within the
   * interval.
   */
  void add(Map<K, Long> intervals, long now) {
    long window = intervals.size() * FIRST_TURN_SPACING;
    intervals.forEach(
        (key, interval) -> {
          long wait = regularFrom(now, key, interval) - now;
          double compressed = (double) wait * Math.min(window, interval) / interval;
          enqueue(key, interval, now + (long) compressed);
        });
  }

  /** Removes a key and its turn, if there is one. */
  void remove(K key) {
    Turn<K> turn = turns.remove(key);
    if (turn != null) {
      queue.remove(turn);
    }
  }

  /**
   * Gives a key another interval, and so another lattice; its phase is the same share of it, so
   * that many keys whose interval changes at once stay spread. Its next turn is the first one of
   * the new lattice that is at least half of the shorter interval away.
   *
   * @return whether anything changed: not for a key that has no turns, or this interval already
   */
  boolean pace(K key, long interval, long now) {
    Turn<K> turn = turns.get(key);
    if (turn == null || turn.interval() == interval) {
      return false;
    }
    queue.remove(turn);
    long gap = Math.min(turn.interval(), interval) / 2 + 1;
    enqueue(key, interval, regularFrom(now + gap, key, interval));
    return true;
  }

  /** When the earliest turn is. */
  OptionalLong next() {
    return queue.isEmpty() ? OptionalLong.empty() : OptionalLong.of(queue.first().due());
  }

  /**
   * Takes every turn that is due, the earliest first. Each key's next turn is its first regular one
   * at least half an interval away: missed turns are not replayed, and nothing is probed twice in
   * quick succession after a pause or an early first turn.
   */
  List<Turn<K>> take(long now) {
    List<Turn<K>> due = new ArrayList<>();
    while (!queue.isEmpty() && queue.first().due() <= now) {
      Turn<K> turn = queue.pollFirst();
      due.add(turn);
      enqueue(
          turn.key(),
          turn.interval(),
          regularFrom(now + turn.interval() / 2 + 1, turn.key(), turn.interval()));
    }
    return due;
  }

  private void enqueue(K key, long interval, long due) {
    Turn<K> turn = new Turn<>(key, interval, due, sequence++);
    turns.put(key, turn);
    queue.add(turn);
  }

  private static long regularFrom(long from, Object key, long interval) {
    return from + Math.floorMod(phase(key, interval) - from, interval);
  }

  private static long phase(Object key, long interval) {
    double fraction = (mix(key.hashCode()) >>> 11) * 0x1.0p-53;
    return (long) (fraction * interval);
  }

  /** The finalizer of SplitMix64: keys that differ in one character land anywhere. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
