package dev.echosounder.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of several contenders, taken in turn, so that whatever else the machine does meets
 * all of them.
 */
final class Comparison {

  private final Map<String, Map<Figure, List<Double>>> rounds;

  private Comparison(Map<String, Map<Figure, List<Double>>> rounds) {
    this.rounds = rounds;
  }

  /**
   * Measures A, B, A, B and so on.
   *
   * @param warmUps how many rounds come first whose figures are thrown away
   */
  static Comparison of(int warmUps, int rounds, List<Contender> contenders)
      throws IOException, InterruptedException {
    Comparison comparison = new Comparison(new LinkedHashMap<>());
    for (int round = -warmUps; round < rounds; round++) {
      for (Contender contender : contenders) {
        Progress.say("%s, round %d".formatted(contender.name(), round + 1));
        ForeignLoad foreign = new ForeignLoad();
        Map<Figure, Double> figures = new EnumMap<>(contender.measuring().round());
        figures.put(Figure.FOREIGN, foreign.processors());
        if (round >= 0) {
          figures.forEach((figure, value) -> comparison.add(contender.name(), figure, value));
        }
      }
    }
    return comparison;
  }

  /** Figures of one round that something else has taken, by contender. */
  static Comparison ofOneRound(Map<String, Map<Figure, Double>> figures) {
    Comparison comparison = new Comparison(new LinkedHashMap<>());
    figures.forEach(
        (contender, row) ->
            row.forEach((figure, value) -> comparison.add(contender, figure, value)));
    return comparison;
  }

  private void add(String contender, Figure figure, double value) {
    rounds
        .computeIfAbsent(contender, name -> new EnumMap<>(Figure.class))
        .computeIfAbsent(figure, name -> new ArrayList<>())
        .add(value);
  }

  /** Every figure of every round, by contender. */
  Map<String, Map<Figure, List<Double>>> rounds() {
    return rounds;
  }

  /** The median of the rounds. */
  double median(String contender, Figure figure) {
    return Statistics.median(
        rounds.get(contender).get(figure).stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The highest median of the foreign load, in processors; 0 where it was not taken. */
  double foreignLoad() {
    return rounds.keySet().stream()
        .filter(contender -> rounds.get(contender).containsKey(Figure.FOREIGN))
        .mapToDouble(contender -> median(contender, Figure.FOREIGN))
        .max()
        .orElse(0);
  }

  /** How many times the median of the other the median of one is. */
  double ratio(Figure figure, String one, String other) {
    return median(one, figure) / median(other, figure);
  }
}
