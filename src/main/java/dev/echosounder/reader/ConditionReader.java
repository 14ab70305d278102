package dev.echosounder.reader;

import dev.echosounder.schema.KeyPath;
import dev.echosounder.schema.Problems;
import dev.echosounder.schema.Section;
import dev.echosounder.settings.JsonCondition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads conditions on JSON; one text is compiled once. Not for use by two threads. */
final class ConditionReader {

  private final Problems problems;
  private final Map<String, JsonCondition> compiled = new HashMap<>();

  ConditionReader(Problems problems) {
    this.problems = problems;
  }

  /** The condition of a key. */
  Optional<JsonCondition> one(Section section, String key) {
    return section.text(key).flatMap(text -> condition(section.at(key), text));
  }

  private Optional<JsonCondition> condition(KeyPath place, String text) {
    try {
      return Optional.of(compiled.computeIfAbsent(text, JsonCondition::parse));
    } catch (IllegalArgumentException e) {
      problems.add(
          place,
          "a text that is none (" + e.getMessage() + ")",
          "an expression in CEL that is true or false");
      return Optional.empty();
    }
  }
}
