package dev.echosounder.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What a benchmark found: tables for people, and the figures of every round for machines. */
final class Report {

  private final BenchmarkName name;
  private final Map<String, String> machine;
  private final List<Goal> goals;
  private final boolean brief;
  private final Map<String, Comparison> comparisons = new LinkedHashMap<>();
  private final Map<String, Double> results = new LinkedHashMap<>();

  Report(BenchmarkName name, Map<String, String> machine, List<Goal> goals, boolean brief) {
    this.name = name;
    this.machine = machine;
    this.goals = goals;
    this.brief = brief;
  }

  /** Adds what was compared, under a heading. */
  void add(String title, Comparison comparison) {
    comparisons.put(title, comparison);
  }

  /** Whether there is such a goal. */
  boolean asksFor(String key) {
    return goals.stream().anyMatch(goal -> goal.key().equals(key));
  }

  /** Adds the figure of a goal. */
  void result(String key, double value) {
    if (!asksFor(key)) {
      throw new IllegalArgumentException("no such goal: " + key);
    }
    results.put(key, value);
  }

  /** The goals whose guard a short run does not hold; none is judged where others took too much. */
  List<String> failures() {
    if (!brief || tooMuchForeignLoad()) {
      return List.of();
    }
    return goals.stream()
        .filter(goal -> results.containsKey(goal.key()))
        .filter(goal -> !goal.guarded(results.get(goal.key())))
        .map(
            goal ->
                "%s is %.3f, and a short run must hold %s"
                    .formatted(goal.key(), results.get(goal.key()), goal.guard().orElseThrow()))
        .toList();
  }

  /** Whether others used more than half of all processors while anything was measured. */
  boolean tooMuchForeignLoad() {
    return comparisons.values().stream()
        .mapToDouble(Comparison::foreignLoad)
        .anyMatch(load -> load > Runtime.getRuntime().availableProcessors() / 2.0);
  }

  String markdown() {
    StringBuilder text = new StringBuilder("## " + name + "\n\n");
    machine.forEach(
        (fact, value) -> text.append("- ").append(fact).append(": ").append(value).append('\n'));
    comparisons.forEach(
        (title, comparison) ->
            text.append("\n### ").append(title).append("\n\n").append(table(comparison)));
    if (!goals.isEmpty()) {
      text.append("\n### Goals\n\n").append(goalTable());
    }
    return text.toString();
  }

  /** The medians of the rounds. */
  private static Table table(Comparison comparison) {
    Set<Figure> figures = new LinkedHashSet<>();
    comparison.rounds().values().forEach(row -> figures.addAll(row.keySet()));
    List<Figure> columns = figures.stream().sorted().toList();
    Table table =
        new Table(
            Stream.concat(Stream.of("median of rounds"), columns.stream().map(Figure::label))
                .toList());
    comparison
        .rounds()
        .forEach(
            (contender, row) ->
                table.row(
                    Stream.concat(
                            Stream.of(contender),
                            columns.stream()
                                .map(
                                    figure ->
                                        row.containsKey(figure)
                                            ? figure.text(comparison.median(contender, figure))
                                            : ""))
                        .toList()));
    return table;
  }

  private Table goalTable() {
    Table table = new Table(List.of("goal", "of what", "wanted", "measured", "met"));
    for (Goal goal : goals) {
      Double value = results.get(goal.key());
      table.row(
          List.of(
              "`" + goal.key() + "`",
              goal.what(),
              goal.wanted(),
              value == null ? "not measured" : String.format(Locale.ROOT, "%.3f", value),
              value == null ? "" : goal.met(value) ? "yes" : "no"));
    }
    return table;
  }

  JsonObject json() {
    JsonObject compared = new JsonObject();
    comparisons.forEach((title, comparison) -> compared.put(title, json(comparison)));
    JsonObject found = new JsonObject();
    results.forEach(found::put);
    return new JsonObject()
        .put("benchmark", name.toString())
        .put("short", brief)
        .put("machine", Machine.json(machine))
        .put("rounds", compared)
        .put("goals", found);
  }

  private static JsonObject json(Comparison comparison) {
    JsonObject contenders = new JsonObject();
    comparison
        .rounds()
        .forEach(
            (contender, row) -> {
              JsonObject figures = new JsonObject();
              row.forEach((figure, values) -> figures.put(figure.label(), new JsonArray(values)));
              contenders.put(contender, figures);
            });
    return contenders;
  }
}
