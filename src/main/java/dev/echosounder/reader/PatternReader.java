package dev.echosounder.reader;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.echosounder.schema.KeyPath;
import dev.echosounder.schema.Problems;
import dev.echosounder.schema.Section;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads regular expressions; one text is compiled once. Not for use by two threads. */
final class PatternReader {

  private final Problems problems;
  private final Map<String, Pattern> compiled = new HashMap<>();

  PatternReader(Problems problems) {
    this.problems = problems;
  }

  /** The expressions of a list; those that are none are problems. */
  List<Pattern> list(Section section, String key) {
    return section.elements(key, (place, text) -> pattern(place, (String) text)).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** The expression of a key. */
  Optional<Pattern> one(Section section, String key) {
    return section.text(key).flatMap(text -> pattern(section.at(key), text));
  }

  private Optional<Pattern> pattern(KeyPath place, String text) {
    try {
      return Optional.of(compiled.computeIfAbsent(text, Pattern::compile));
    } catch (PatternSyntaxException e) {
      problems.add(
          place, "a text that is none (" + reason(e) + ")", "a regular expression in RE2 syntax");
      return Optional.empty();
    }
  }

  /** In the library's words, but for its only expression without any. */
  private static String reason(PatternSyntaxException e) {
    String description = e.getDescription();
    return description.contains("internal error") ? "unexpected )" : description;
  }
}
