package dev.echosounder.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

  private static final Matcher FOUND =
      Pattern.compile("(?P<first>\\w+) (\\w+)( never)?").matcher("hello world");

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "$1, hello",
    "${1}, hello",
    "$first, hello",
    "${first}!, hello!",
    "$0, hello world",
    "$2-$1, world-hello",
    "$1x, ''",
    "${1}x, hellox",
    "$first_, ''",
    "$3, ''",
    "$4, ''",
    "$01, ''",
    "$999999999999, ''",
    "$other, ''",
    "$größe, ''",
    "$$, $",
    "$$1, $1",
    "$$$1, $hello",
    "$, $",
    "a$ b, a$ b",
    "${, ${",
    "${}, ${}",
    "${1, ${1",
    "${1-2}, ${1-2}",
    "$-1, $-1",
  })
  void groups_are_put_in_as_go_does_it(String text, String expanded) {
    assertThat(FOUND.reset().find()).isTrue();

    assertThat(Template.expand(text, Match.of(FOUND))).isEqualTo(expanded);
  }
}
