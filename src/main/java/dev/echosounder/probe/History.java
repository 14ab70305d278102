package dev.echosounder.probe;

import dev.echosounder.bus.PastResult;
import dev.echosounder.bus.ProbeResult;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * The results kept of one target, no more than a limit. Where one must go, it is the oldest
 * success, so that failures are kept longest; once successes are no more than a quarter, it is the
 * oldest failure. A new result is always kept, unless the limit is 0. Used on one event loop only.
 */
final class History {

  private static final int ONE_SUCCESS_IN = 4;

  private final Deque<PastResult> successes = new ArrayDeque<>(1);
  private final Deque<PastResult> failures = new ArrayDeque<>(1);
  private int limit;
  private long taken;

  History(int limit) {
    this.limit = limit;
  }

  /** Changes the limit; what is beyond a lower one goes. */
  void limit(int newLimit) {
    limit = newLimit;
    shrinkTo(limit);
  }

  /**
   * Keeps a result, which is the newest.
   *
   * @param last whether it is the verdict on the target, not an attempt that another one follows
   */
  void add(ProbeResult result, boolean last) {
    if (limit > 0) {
      shrinkTo(limit - 1);
      (result.up() ? successes : failures).add(PastResult.of(taken++, result, last));
    }
  }

  private void shrinkTo(int size) {
    while (successes.size() + failures.size() > size) {
      boolean manySuccesses = successes.size() > limit / ONE_SUCCESS_IN;
      (manySuccesses || failures.isEmpty() ? successes : failures).remove();
    }
  }

  /** What is kept. */
  List<PastResult> newestFirst() {
    return Stream.concat(successes.stream(), failures.stream())
        .sorted(Comparator.comparingLong(PastResult::number).reversed())
        .toList();
  }
}
