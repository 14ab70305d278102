package dev.echosounder.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.testing.MarkdownTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the deliberate differences on docs/migrating-from-blackbox.md to those of the cases. */
class DifferencesPageTest {

  @Test
  void every_deliberate_difference_is_on_the_page() throws IOException {
    List<List<String>> rows =
        Arrays.stream(Difference.values())
            .map(known -> List.of(known.what().replace("`", ""), known.why().replace("`", "")))
            .toList();

    assertThat(
            MarkdownTable.below(
                Path.of("docs/migrating-from-blackbox.md"), "### In the series both have"))
        .containsExactlyElementsOf(rows);
  }
}
