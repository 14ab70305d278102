package dev.echosounder.discovery;

import dev.echosounder.bus.DiscoveryTotals.Mechanism;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each source told when it was last read without a failure. A failure is logged once, until
 * there is another or none. For one thread.
 */
final class Sources {

  /** The most targets of all sources together. */
  static final int MAX_TARGETS = 100_000;

  static final String TOO_MANY =
      "got more targets, expected at most %d of all sources together".formatted(MAX_TARGETS);

  private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

  private final NavigableMap<Source, State> states = new TreeMap<>();
  private final Map<Mechanism, Long> failures = new EnumMap<>(Mechanism.class);

  /** The last good groups of a source, and what was wrong with it at the last reading, if any. */
  private record State(List<Group> groups, int targets, String problem) {

    State(List<Group> groups, String problem) {
      this(groups, count(groups), problem);
    }
  }

  /** The groups of a source. */
  record Told(Source source, List<Group> groups) {}

  /**
   * Takes what came of reading a source.
   *
   * @return whether its groups are others now
   */
  boolean take(Source source, Answer answer) {
    State before = states.getOrDefault(source, new State(List.of(), ""));
    Answer bounded = bounded(source, answer);
    State now = new State(bounded.groups().orElse(before.groups()), bounded.problem());
    states.put(source, now);
    if (bounded.groups().isEmpty()) {
      failures.merge(source.mechanism(), 1L, Long::sum);
    }
    say(source, before.problem(), now.problem());
    return !now.groups().equals(before.groups());
  }

  private Answer bounded(Source source, Answer answer) {
    int others =
        states.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(source))
            .mapToInt(entry -> entry.getValue().targets())
            .sum();
    boolean tooMany = others + count(answer.groups().orElse(List.of())) > MAX_TARGETS;
    return tooMany ? Answer.bad(TOO_MANY) : answer;
  }

  private static int count(List<Group> groups) {
    return groups.stream().mapToInt(group -> group.texts().size()).sum();
  }

  private static void say(Source source, String before, String now) {
    if (now.equals(before)) {
      return;
    }
    if (now.isEmpty()) {
      LOG.info("Discovery: {} can be read again", source);
    } else {
      LOG.warn("Discovery: {} is refused, what it told before is kept: {}", source, now);
    }
  }

  /**
   * Forgets the sources of a mechanism that are not at these places.
   *
   * @return whether any of them had targets
   */
  boolean keepOnly(Mechanism mechanism, Set<String> places) {
    boolean[] changed = {false};
    states
        .entrySet()
        .removeIf(
            entry -> {
              Source source = entry.getKey();
              boolean gone = source.mechanism() == mechanism && !places.contains(source.place());
              changed[0] |= gone && !entry.getValue().groups().isEmpty();
              return gone;
            });
    return changed[0];
  }

  /** What all of them tell, in their order. */
  List<Told> told() {
    return states.entrySet().stream()
        .map(entry -> new Told(entry.getKey(), entry.getValue().groups()))
        .toList();
  }

  /** How many sources of a mechanism failed when they were last read. */
  int failing(Mechanism mechanism) {
    return (int)
        states.entrySet().stream()
            .filter(entry -> entry.getKey().mechanism() == mechanism)
            .filter(entry -> !entry.getValue().problem().isEmpty())
            .count();
  }

  /** How many readings of a mechanism's sources failed. */
  long failures(Mechanism mechanism) {
    return failures.getOrDefault(mechanism, 0L);
  }
}
