package dev.echosounder.soak;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a service may say while it is treated as it is here. */
final class LogLines {

  private static final List<Pattern> EXPECTED =
      Stream.of(
              "Picked up JAVA_TOOL_OPTIONS: .*",
              "\\S+ INFO .*",
              "\\S+ WARNING Watch - .* is down: .*",
              // For less than 5 s, on a machine that others use too.
              "\\S+ WARNING BlockedThreadChecker - .*, time limit is 2000 ms",
              "\\S+ ERROR .*Configuration refused, the old one is kept: .*")
          .map(Pattern::compile)
          .toList();

  private LogLines() {}

  /** Those that nobody expects, leak reports among them. */
  static List<String> unexpected(List<String> lines) {
    return lines.stream()
        .filter(line -> EXPECTED.stream().noneMatch(one -> one.matcher(line).matches()))
        .toList();
  }
}
