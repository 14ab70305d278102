package dev.echosounder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReliabilityPageTest {

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private final List<String> rows;

  ReliabilityPageTest() throws IOException {
    rows =
        Files.readAllLines(Path.of("docs/reliability.md")).stream()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| promise"))
            .toList();
  }

  @Test
  void every_promise_has_a_test_that_exists() throws IOException {
    assertThat(rows).hasSizeGreaterThan(20);
    for (String row : rows) {
      List<String> tests = codes(row.substring(row.lastIndexOf('|', row.length() - 2)));
      assertThat(tests).as(row).isNotEmpty();
      for (String test : tests) {
        assertThat(exists(test)).as(test).isTrue();
      }
    }
  }

  private static List<String> codes(String cell) {
    Matcher code = CODE.matcher(cell);
    return code.results().map(found -> found.group(1)).toList();
  }

  private static boolean exists(String test) throws IOException {
    if (test.startsWith(".ci/")) {
      return Files.isExecutable(Path.of(test));
    }
    String[] names = test.split("\\.", 2);
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      List<Path> sources = files.filter(file -> file.endsWith(names[0] + ".java")).toList();
      return sources.size() == 1 && Files.readString(sources.get(0)).contains(" " + names[1] + "(");
    }
  }
}
