package dev.echosounder.settings;

import java.util.Objects;

/**
 * A condition on a JSON document, in the Common Expression Language; the document is its variable
 * {@code body}. Two conditions of one text are equal.
 */
public final class JsonCondition {

  private final String expression;

  private JsonCondition(String expression) {
    this.expression = expression;
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException with what is wrong with it, if it is none or can be anything
   *     but true or false
   */
  public static JsonCondition parse(String expression) {
    return new JsonCondition(expression);
  }

  /** The expression as written. */
  public String expression() {
    return expression;
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
}
