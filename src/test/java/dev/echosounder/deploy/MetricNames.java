package dev.echosounder.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of metrics: those that docs/metrics.md has, and those that PromQL reads. */
final class MetricNames {

  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)`(?: †)? \\| (\\w+) \\|.*");

  /** What may look like the name of a metric and is none. */
  private static final Pattern CLUTTER =
      Pattern.compile(
          "\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\boffset +\\w+"
              + "|\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");

  private static final Pattern NAME = Pattern.compile("(?<![\\w.])[a-zA-Z_:][\\w:]*+(?!\\s*\\()");

  private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool");

  private MetricNames() {}

  /** The names of all series of the documented families. */
  static Set<String> documented() throws IOException {
    Set<String> names = new HashSet<>();
    for (String line : Files.readAllLines(Path.of("docs/metrics.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        names.add(row.group(1));
        if (row.group(2).equals("histogram")) {
          names.add(row.group(1) + "_bucket");
        }
        if (Set.of("histogram", "summary").contains(row.group(2))) {
          names.add(row.group(1) + "_count");
          names.add(row.group(1) + "_sum");
        }
      }
    }
    return names;
  }

  /** The names that an expression reads. */
  static Set<String> in(String expression) {
    Set<String> names = new TreeSet<>();
    Matcher name = NAME.matcher(CLUTTER.matcher(expression).replaceAll(" "));
    while (name.find()) {
      names.add(name.group());
    }
    names.removeAll(OPERATORS);
    return names;
  }
}
