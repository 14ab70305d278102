package dev.echosounder.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the key that was meant by a mistyped one. */
public final class NearestKey {

  private NearestKey() {}

  /** The allowed key with the fewest edits to the typed one, if these are a third of it or less. */
  public static Optional<String> of(String typed, Collection<String> allowed) {
    // Longer ones are not mistyped keys, and the comparison is quadratic.
    if (typed.length() > 80) {
      return Optional.empty();
    }
    String lower = typed.toLowerCase(Locale.ROOT).replace('-', '_');
    int most = Math.max(1, typed.length() / 3);
    return allowed.stream()
        .filter(key -> edits(lower, key) <= most)
        .min(Comparator.comparingInt(key -> edits(lower, key)));
  }

  /** Levenshtein's distance, where two letters in the wrong order are one edit. */
  private static int edits(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : edits(cost, from, to, i, j);
      }
    }
    return cost[from.length()][to.length()];
  }

  private static int edits(int[][] cost, String from, String to, int i, int j) {
    int substituted = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
    int least = Math.min(substituted, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
