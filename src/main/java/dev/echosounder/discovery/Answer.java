package dev.echosounder.discovery;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of reading a source. A failure is an answer too.
 *
 * @param groups what it tells, unless the reading failed
 * @param problem why it failed, in one line without secrets
 */
record Answer(Optional<List<Group>> groups, String problem) {

  Answer {
    groups = groups.map(List::copyOf);
    Objects.requireNonNull(problem, "problem");
  }

  static Answer good(List<Group> groups) {
    return new Answer(Optional.of(groups), "");
  }

  static Answer bad(String problem) {
    return new Answer(Optional.empty(), problem);
  }
}
