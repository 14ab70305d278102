package dev.echosounder.reader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptEncodingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip | true",
        "GZIP | true",
        "br, gzip | true",
        "gzip;q=0.001 | true",
        "gzip; q=1 | true",
        "gzip;q=0 | false",
        "gzip ; q=0.000 | false",
        "* | true",
        "*;q=0 | false",
        "*, gzip;q=0 | false",
        "*;q=0, gzip | true",
        "br | false",
        "x-gzip | false",
        "'' | false",
      })
  void a_coding_is_accepted_where_it_or_everything_is_named(String value, boolean accepted) {
    assertThat(new AcceptEncoding(value).accepts("gzip")).isEqualTo(accepted);
  }
}
