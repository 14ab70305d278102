package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.testing.Mistakes;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadConfigurationTest extends ConfigFixture {

  static Stream<Arguments> mistakes() throws IOException {
    return Mistakes.in("/config/bad-inputs.txt");
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void every_problem_is_told_and_nothing_else(String yaml, List<String> problems) throws Exception {
    Reading reading = read(yaml);

    assertThat(reading.settings()).isEmpty();
    assertThat(reading.problems())
        .map(problem -> problem.replace(file() + ": ", "FILE: "))
        .containsExactlyElementsOf(problems);
    assertThat(reading.toString()).doesNotContain("hunter2");
  }

  @Test
  void what_would_exhaust_the_memory_is_refused() throws Exception {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 40; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }

    assertThat(read(laughs.toString()).problems()).singleElement().asString().contains("aliases");
    assertThat(read("[".repeat(100_000)).problems())
        .singleElement()
        .asString()
        .contains("too deep");
  }

  @Test
  void bytes_that_are_no_text_are_refused() throws Exception {
    Files.write(file(), new byte[] {'a', ':', ' ', (byte) 0xff, '\n'});

    assertThat(read(source(Map.of())).problems())
        .containsExactly(file() + ": got bytes that are not UTF-8, expected YAML or JSON");
  }
}
