package dev.echosounder.settings;

import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A condition on a JSON document, in the Common Expression Language; the document is its variable
 * {@code body}, a map from strings whose numbers are doubles, as in blackbox_exporter. Two
 * conditions of one text are equal. Used by any thread.
 */
public final class JsonCondition {

  private final String expression;
  private final CelProgram program;

  private JsonCondition(String expression, CelProgram program) {
    this.expression = expression;
    this.program = program;
  }

  /**
   * Reads an expression. The first one of a process takes long: it loads CEL.
   *
   * @throws IllegalArgumentException with what is wrong with it, if it is none or can be anything
   *     but true or false
   */
  public static JsonCondition parse(String expression) {
    return new JsonCondition(expression, CelProgram.compile(expression));
  }

  /** The expression as written. */
  public String expression() {
    return expression;
  }

  /**
   * Whether the condition is true of a document. May take long: not for an event loop.
   *
   * @param json a JSON text
   * @param over whether nobody waits for the outcome any more, which then is a problem
   */
  public Outcome test(String json, BooleanSupplier over) {
    return program.evaluate(json, over);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonCondition that && expression.equals(that.expression);
  }

  @Override
  public int hashCode() {
    return Objects.hash(expression);
  }

  @Override
  public String toString() {
    return expression;
  }

  /**
   * What became of a condition.
   *
   * @param value true or false; empty where the document allows neither
   * @param problem why there is no value, for people; else empty
   */
  public record Outcome(Optional<Boolean> value, String problem) {

    public Outcome {
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(problem, "problem");
    }

    static Outcome of(boolean value) {
      return new Outcome(Optional.of(value), "");
    }

    static Outcome failure(String problem) {
      return new Outcome(Optional.empty(), problem);
    }
  }
}
