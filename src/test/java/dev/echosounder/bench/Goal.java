package dev.echosounder.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A line of {@code siege/bench/goals.csv}: what is wanted of a figure, and from where on the build
 * fails.
 *
 * @param key begins with the name of the benchmark and a dot
 * @param what is measured, for people
 * @param bound what is wanted
 * @param guard what a short run must hold, if it must hold anything
 */
record Goal(
    String key,
    String what,
    Direction direction,
    BigDecimal bound,
    String unit,
    Optional<BigDecimal> guard) {

  /** On which side of a bound the good values are. */
  enum Direction {
    AT_LEAST("at least"),
    AT_MOST("at most");

    private final String text;

    Direction(String text) {
      this.text = text;
    }

    static Direction of(String text) {
      return Arrays.stream(values())
          .filter(each -> each.text.equals(text))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("direction: got " + text));
    }

    private boolean good(double value, BigDecimal bound) {
      return this == AT_LEAST ? value >= bound.doubleValue() : value <= bound.doubleValue();
    }
  }

  Goal {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(bound, "bound");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(guard, "guard");
    if (guard.isPresent() && direction.good(guard.get().doubleValue(), bound)) {
      throw new IllegalArgumentException(key + ": a guard no looser than the goal");
    }
  }

  /** Every goal of the file, in its order. */
  static List<Goal> all(Path file) throws IOException {
    return Files.readAllLines(file).stream().skip(1).map(Goal::parse).toList();
  }

  static Goal parse(String line) {
    String[] cells = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
    if (cells.length != 6) {
      throw new IllegalArgumentException("expected six cells: " + line);
    }
    return new Goal(
        cells[0],
        cells[1].replace("\"", ""),
        Direction.of(cells[2]),
        new BigDecimal(cells[3]),
        cells[4],
        Optional.of(cells[5]).filter(cell -> !cell.isEmpty()).map(BigDecimal::new));
  }

  /** The name of the benchmark that measures it. */
  String benchmark() {
    return key.substring(0, key.indexOf('.'));
  }

  boolean met(double value) {
    return direction.good(value, bound);
  }

  /** Whether a short run may go on with this value. */
  boolean guarded(double value) {
    return guard.map(least -> direction.good(value, least)).orElse(true);
  }

  /** Such as {@code at least 0.95 times}. */
  String wanted() {
    return direction.text + " " + bound.toPlainString() + " " + unit;
  }
}
