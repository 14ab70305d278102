package dev.echosounder.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.echosounder.settings.DnsOptions.Records;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordRulesTest {

  private static List<Pattern> patterns(String each) {
    return Stream.of(each.split(" ")).map(Pattern::compile).toList();
  }

  private static List<String> records(String each) {
    return each.isEmpty() ? List.of() : List.of(each.split(" "));
  }

  private static boolean holds(Records rules, String records) {
    return new RecordRules(rules).broken(records(records)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"a, '', true", "a, b, true", "a, a, false", "a, b a, false", "x a, b a, false"})
  void no_record_may_match_any(String each, String records, boolean holds) {
    Records rules = new Records(patterns(each), List.of(), List.of(), List.of());

    assertThat(holds(rules, records)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({
    "a, '', true",
    "a, a, true",
    "a, a a, true",
    "a, a b, false",
    "a, b, false",
    "a b, ab, true",
    "a b, a, false"
  })
  void fail_if_all_match_fails_where_not_all_match_as_in_blackbox_exporter(
      String each, String records, boolean holds) {
    Records rules = new Records(List.of(), patterns(each), List.of(), List.of());

    assertThat(holds(rules, records)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({"a, '', false", "a, a, true", "a, a b, false", "a b, ab, true", "a b, a b, false"})
  void every_record_must_match_every_one_and_there_must_be_one(
      String each, String records, boolean holds) {
    Records rules = new Records(List.of(), List.of(), patterns(each), List.of());

    assertThat(holds(rules, records)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({"a, '', false", "a, b, false", "a, b a, true", "x a, b a, true", "x y, b a, false"})
  void a_record_must_match_one(String each, String records, boolean holds) {
    Records rules = new Records(List.of(), List.of(), List.of(), patterns(each));

    assertThat(holds(rules, records)).isEqualTo(holds);
  }
}
