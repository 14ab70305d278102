package dev.echosounder.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonConditionTest {

  private static final String DOCUMENT =
      """
      {"count": 5, "share": 0.5, "name": "shop", "up": true, "none": null, "empty": {},
       "items": [{"id": 1, "ok": true}, {"id": 2, "ok": false}], "big": 1e300}
      """;

  private static JsonCondition.Outcome test(String expression, String json) {
    return JsonCondition.parse(expression).test(json, () -> false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '"',
      value = {
        "body.count == 5 -> true",
        "body.count == 5.0 -> true",
        "body.count > 4 && body.count < 6u -> true",
        "body.count != 5 -> false",
        "body.share == 0.5 -> true",
        "body.up -> true",
        "!body.up -> false",
        "body.name == 'shop' -> true",
        "body.name.startsWith('sh') && size(body.name) == 4 -> true",
        "body['name'].matches('^s.op$') -> true",
        "body.name.matches('ho') -> true",
        "body.none == null -> true",
        "body.name == null -> false",
        "has(body.count) && !has(body.other) -> true",
        "'count' in body -> true",
        "size(body.items) == 2 -> true",
        "body.items.exists(item, item.id == 2 && !item.ok) -> true",
        "body.items.all(item, item.ok) -> false",
        "body.items.map(item, item.id) == [1, 2] -> true",
        "2 in body.items.map(item, item.id) -> true",
        "body.big > 9223372036854775807 -> true",
        "body.empty == {} -> true",
        "body.up || body.other == 1 -> true",
        "true -> true"
      })
  void a_condition_is_true_or_false_of_a_document(String expression, boolean expected) {
    assertThat(test(expression, DOCUMENT).value()).as(expression).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "body.other == 1",
        "body.name > 1",
        "body.name",
        "body.items[7].ok",
        "body.up && body.name"
      })
  void what_has_no_value_is_a_problem_that_says_why(String expression) {
    JsonCondition.Outcome outcome = test(expression, DOCUMENT);

    assertThat(outcome.value()).isEmpty();
    assertThat(outcome.problem()).isNotBlank().doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[1]",
        "1",
        "\"a\"",
        "{",
        "{\"a\":1} x",
        "{\"a\":NaN}",
        "<html>",
        "{}{}"
      })
  void what_is_no_json_object_is_a_problem(String json) {
    assertThat(test("true", json).problem()).isEqualTo("the body is no JSON object");
  }

  @Test
  void the_later_of_two_members_counts() {
    assertThat(test("body.a == 2", "{\"a\":1,\"a\":2}").value()).contains(true);
  }

  @Test
  void a_document_that_is_nested_too_deep_is_a_problem() {
    String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThat(test("true", deep).value()).isEmpty();
  }

  @Test
  void loops_are_bounded() {
    String numbers = IntStream.range(0, 2_000).mapToObj(i -> "1").collect(Collectors.joining(","));

    JsonCondition.Outcome outcome =
        test("body.a.all(x, body.a.all(y, x == y))", "{\"a\":[" + numbers + "]}");

    assertThat(outcome.value()).isEmpty();
    assertThat(outcome.problem()).contains("Iteration budget exceeded");
  }

  @Test
  void a_regular_expression_cannot_hang() {
    String text = "a".repeat(50_000);

    assertThat(test("body.t.matches('^(a+)+$')", "{\"t\":\"" + text + "!\"}").value())
        .contains(false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "body.",
        "body.count ==",
        "other == 1",
        "1 + 'a' == 2",
        "nosuch(body)",
        "'a' &&"
      })
  void what_is_no_expression_is_refused(String expression) {
    assertThatThrownBy(() -> JsonCondition.parse(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotBlank()
        .hasSizeLessThan(200)
        .doesNotContain("\n");
  }

  @Test
  void what_cannot_be_true_or_false_is_refused() {
    assertThatThrownBy(() -> JsonCondition.parse("size(body)"))
        .hasMessage("it yields int, not bool");
  }

  @Test
  void a_condition_is_known_by_its_text() {
    assertThat(JsonCondition.parse("body.a == 1"))
        .isEqualTo(JsonCondition.parse("body.a == 1"))
        .hasSameHashCodeAs(JsonCondition.parse("body.a == 1"))
        .hasToString("body.a == 1")
        .isNotEqualTo(JsonCondition.parse("body.a == 2"));
  }
}
