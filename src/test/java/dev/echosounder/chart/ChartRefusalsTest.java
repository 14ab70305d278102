package dev.echosounder.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChartRefusalsTest {

  private static final String PROBLEM = "=> ";
  private static final List<String> FRAME =
      List.of(
          "values don't meet the specifications of the schema(s) in the following chart(s):",
          "echosounder:",
          "- at '': 'allOf' failed",
          "Use --debug flag to render out invalid YAML");

  @TempDir Path directory;

  /** Blocks of values and the lines they are answered with, which start with an arrow. */
  static Stream<Arguments> mistakes() throws IOException {
    try (InputStream in = ChartRefusalsTest.class.getResourceAsStream("/chart/refusals.txt")) {
      String table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(table.strip().split("\n\n", -1)).map(ChartRefusalsTest::mistake);
    }
  }

  private static Arguments mistake(String block) {
    Map<Boolean, List<String>> lines =
        block.lines().collect(Collectors.partitioningBy(line -> line.startsWith(PROBLEM)));
    return Arguments.of(
        String.join("\n", lines.get(false)) + "\n",
        lines.get(true).stream().map(line -> line.substring(PROBLEM.length())).toList());
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void every_problem_is_told_and_nothing_else(String yaml, List<String> problems)
      throws IOException {
    Path values = Files.writeString(directory.resolve("values.yaml"), yaml);

    assertThatThrownBy(() -> Chart.render(values))
        .satisfies(
            refusal -> assertThat(told(refusal.getMessage())).containsExactlyElementsOf(problems))
        .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("hunter2"));
  }

  private static List<String> told(String message) {
    return message
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !FRAME.contains(line))
        .filter(line -> !line.endsWith("the values do not fit together:"))
        .map(line -> line.replaceFirst("^- ", ""))
        .toList();
  }
}
