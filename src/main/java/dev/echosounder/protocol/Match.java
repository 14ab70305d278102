package dev.echosounder.protocol;

import com.google.re2j.Matcher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the groups of a regular expression matched.
 *
 * @param groups by number, the whole match first; empty where a group took no part
 * @param names the numbers of groups that have a name
 */
record Match(List<Optional<String>> groups, Map<String, Integer> names) {

  Match {
    groups = List.copyOf(groups);
    names = Map.copyOf(names);
  }

  /** What a matcher has just found. */
  static Match of(Matcher found) {
    return new Match(
        IntStream.rangeClosed(0, found.groupCount())
            .mapToObj(number -> Optional.ofNullable(found.group(number)))
            .toList(),
        found.pattern().namedGroups());
  }

  /** A group by its number or its name, if there is one and it took part. */
  Optional<String> group(String numberOrName) {
    Integer number =
        numberOrName.matches("0|[1-9][0-9]{0,7}")
            ? Integer.valueOf(numberOrName)
            : names.get(numberOrName);
    return Optional.ofNullable(number).filter(n -> n < groups.size()).flatMap(groups::get);
  }
}
