package dev.echosounder.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Gathers what is wrong with a configuration. Not for use by two threads. */
public final class Problems {

  private final List<Problem> found = new ArrayList<>();
  private final Set<KeyPath> places = new HashSet<>();

  /** Something is wrong at a place. */
  public void add(KeyPath path, String got, String expected) {
    add(new Problem(path, got, expected));
  }

  /** Something is wrong. */
  public void add(Problem problem) {
    found.add(problem);
    places.add(problem.path());
  }

  /** All of them, in the order in which they were found. */
  public List<Problem> all() {
    return List.copyOf(found);
  }

  /** Whether something is known to be wrong at a place. */
  public boolean knows(KeyPath path) {
    return places.contains(path);
  }

  /** Whether something is known to be wrong below a place. */
  public boolean knowsBelow(KeyPath path) {
    int length = path.steps().size();
    return places.stream()
        .map(KeyPath::steps)
        .anyMatch(steps -> steps.size() > length && steps.subList(0, length).equals(path.steps()));
  }

  /** How many there are so far. */
  public int count() {
    return found.size();
  }

  /** Forgets those of {@code from} on that are not to be kept. */
  public void retain(int from, Predicate<Problem> kept) {
    List<Problem> later = found.subList(from, found.size());
    later.stream().filter(kept.negate()).map(Problem::path).forEach(places::remove);
    later.removeIf(kept.negate());
  }

  /** Whether nothing is wrong. */
  public boolean none() {
    return found.isEmpty();
  }

  /** What is wrong, a line each, in the order in which it was found. */
  public List<String> lines() {
    return found.stream().map(Problem::toString).toList();
  }
}
