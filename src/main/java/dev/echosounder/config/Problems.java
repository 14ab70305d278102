package dev.echosounder.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gathers what is wrong with a configuration. Not for use by two threads. */
final class Problems {

  private final List<Problem> found = new ArrayList<>();
  private final Set<KeyPath> places = new HashSet<>();

  void add(KeyPath path, String got, String expected) {
    add(new Problem(path, got, expected));
  }

  void add(Problem problem) {
    found.add(problem);
    places.add(problem.path());
  }

  /** Whether something is known to be wrong at a place. */
  boolean knows(KeyPath path) {
    return places.contains(path);
  }

  boolean none() {
    return found.isEmpty();
  }

  List<String> lines() {
    return found.stream().map(Problem::toString).toList();
  }
}
