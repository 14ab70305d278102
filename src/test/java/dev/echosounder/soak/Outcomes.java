package dev.echosounder.soak;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** What became of the good requests, by their kinds. For any thread. */
final class Outcomes {

  private static final int MOST_SHOWN = 50;

  private final Map<String, LongAdder> good = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> bad = new ConcurrentHashMap<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();

  void good(String kind) {
    good.computeIfAbsent(kind, any -> new LongAdder()).increment();
  }

  void bad(String kind, Object why) {
    bad.computeIfAbsent(kind, any -> new LongAdder()).increment();
    if (failures.size() < MOST_SHOWN) {
      failures.add(kind + ": " + why);
    }
  }

  /** How many of each kind were answered as they should be. */
  Map<String, Long> answered() {
    return sums(good);
  }

  /** How many of each kind were not. */
  Map<String, Long> failed() {
    return sums(bad);
  }

  /** The first failures. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  long total() {
    return good.values().stream().mapToLong(LongAdder::sum).sum();
  }

  private static Map<String, Long> sums(Map<String, LongAdder> counts) {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((kind, count) -> sums.put(kind, count.sum()));
    return sums;
  }
}
