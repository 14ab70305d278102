package dev.echosounder.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bench")
class ComparisonTest {

  private final List<String> turns = new ArrayList<>();

  private Contender contender(String name, Double... rounds) {
    Iterator<Double> figures = List.of(rounds).iterator();
    return new Contender(
        name,
        () -> {
          turns.add(name);
          return Map.of(Figure.P99, figures.next());
        });
  }

  @Test
  void contenders_take_turns() throws IOException, InterruptedException {
    Comparison.of(1, 2, List.of(contender("a", 1.0, 1.0, 1.0), contender("b", 1.0, 1.0, 1.0)));

    assertThat(turns).containsExactly("a", "b", "a", "b", "a", "b");
  }

  @Test
  void the_median_is_of_the_rounds_after_the_warm_up() throws IOException, InterruptedException {
    Comparison comparison =
        Comparison.of(
            1,
            3,
            List.of(contender("a", 900.0, 6.0, 4.0, 8.0), contender("b", 900.0, 3.0, 3.0, 1.0)));

    assertThat(comparison.rounds().get("a").get(Figure.P99)).containsExactly(6.0, 4.0, 8.0);
    assertThat(comparison.median("a", Figure.P99)).isEqualTo(6);
    assertThat(comparison.ratio(Figure.P99, "a", "b")).isEqualTo(2);
  }

  @Test
  void each_round_has_the_load_of_others() throws IOException, InterruptedException {
    Comparison comparison = Comparison.of(0, 2, List.of(contender("a", 1.0, 2.0)));

    assertThat(comparison.rounds().get("a").get(Figure.FOREIGN))
        .hasSize(2)
        .allSatisfy(load -> assertThat(load).isNotNegative());
  }
}
