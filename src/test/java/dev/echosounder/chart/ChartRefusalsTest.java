package dev.echosounder.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.testing.Mistakes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChartRefusalsTest {

  private static final List<String> FRAME =
      List.of(
          "values don't meet the specifications of the schema(s) in the following chart(s):",
          "echosounder:",
          "- at '': 'allOf' failed",
          "Use --debug flag to render out invalid YAML");

  @TempDir Path directory;

  static Stream<Arguments> mistakes() throws IOException {
    return Mistakes.in("/chart/refusals.txt");
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
