package dev.echosounder.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.testing.MarkdownTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerformancePageTest {

  private static final Path PAGE = Path.of("docs/performance.md");
  private static final int MEASURED = 3;
  private static final int MET = 4;

  private final List<Goal> goals = Goal.all(Path.of("siege/bench/goals.csv"));
  private final List<List<String>> rows = MarkdownTable.below(PAGE, "## Goals");

  PerformancePageTest() throws IOException {}

  @Test
  void the_page_has_every_goal() {
    assertThat(rows.stream().map(row -> row.subList(0, MEASURED)))
        .containsExactlyElementsOf(
            goals.stream().map(goal -> List.of(goal.key(), goal.what(), goal.wanted())).toList());
  }

  @Test
  void a_goal_is_called_met_if_what_was_measured_meets_it() {
    for (int i = 0; i < rows.size(); i++) {
      double measured = Double.parseDouble(rows.get(i).get(MEASURED).replace(",", ""));
      assertThat(rows.get(i).get(MET))
          .as(goals.get(i).key())
          .isEqualTo(goals.get(i).met(measured) ? "yes" : "no");
    }
  }

  @Test
  void the_page_has_the_command_of_every_goal() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(goals)
        .isNotEmpty()
        .allSatisfy(goal -> assertThat(page).contains("siege/bench/run.sh " + goal.benchmark()));
  }
}
