package dev.echosounder.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.testing.MarkdownTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TracingPageTest {

  private static final Path PAGE = Path.of("docs/tracing.md");

  @Test
  void the_table_of_attributes_is_that_of_the_code() throws Exception {
    List<List<String>> inCode =
        SpanAttribute.ALL.stream()
            .map(
                attribute ->
                    List.of(
                        attribute.key().getKey(),
                        attribute.spans(),
                        attribute.meaning().replace("`", "")))
            .toList();

    assertThat(MarkdownTable.below(PAGE, "## Attributes")).isEqualTo(inCode);
  }

  @Test
  void the_bounds_on_the_page_are_those_of_the_code() throws Exception {
    assertThat(Files.readString(PAGE))
        .contains(
            "at most " + Sampling.MOST_PARENTS + " a second",
            "cut at " + OtlpTracing.LONGEST_VALUE + " characters",
            "%,d spans wait".formatted(OtlpTracing.MOST_WAITING),
            "up to " + OtlpTracing.BATCH + " spans",
            OtlpTracing.BATCH_DEADLINE.toSeconds() + " seconds");
  }
}
