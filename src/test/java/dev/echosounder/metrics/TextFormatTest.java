package dev.echosounder.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFormatTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-1, -1",
    "200, 200",
    "1795000000, 1795000000",
    "41.7, 41.7",
    "0.0417, 0.0417",
    "NaN, NaN",
    "Infinity, +Inf",
    "-Infinity, -Inf",
    "1e300, 1.0E300"
  })
  void a_number_is_written_as_both_formats_read_it(double value, String expected) {
    assertThat(new String(TextFormat.number(value), UTF_8)).isEqualTo(expected);
  }

  @Test
  void a_number_is_the_same_in_every_locale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(new String(TextFormat.number(1234.5), UTF_8)).isEqualTo("1234.5");
      assertThat(new String(TextFormat.number(1234L), UTF_8)).isEqualTo("1234");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void a_timestamp_has_milliseconds_and_no_exponent() {
    byte[] text = TextFormat.timestamp(Instant.parse("2026-11-21T18:00:00.120Z"));

    assertThat(new String(text, UTF_8)).isEqualTo("1795284000.120");
  }

  @Test
  void backslash_quote_and_newline_are_escaped_in_a_label() {
    StringBuilder labels = new StringBuilder();

    TextFormat.appendLabel(labels, "a", "1\\2\"3\n4,}{");
    TextFormat.appendLabel(labels, "b", "ü");

    assertThat(labels).hasToString("a=\"1\\\\2\\\"3\\n4,}{\",b=\"ü\"");
  }
}
