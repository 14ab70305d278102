package dev.echosounder.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrapeTimeoutTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -, PT119.5S",
        "-, PT5S, PT5S",
        "10, -, PT9.5S",
        "10, PT5S, PT5S",
        "10, PT9.5S, PT9.5S",
        "10, PT9.6S, PT9.5S",
        "2.25, -, PT1.75S",
        "1e1, -, PT9.5S",
        "' 10 ', -, PT9.5S",
        "0, -, PT119.5S",
        "0.0, PT5S, PT5S",
        "0.5, -, PT0.001S",
        "0.3, PT5S, PT5S",
        "0.3, -, PT0.001S",
        "0.5005, -, PT0.001S",
        "0.6, -, PT0.1S",
        "10, PT0.0001S, PT0.001S",
        "120, -, PT119.5S",
        "3600, -, PT119.5S",
        "1e300, PT10M, PT119.5S",
      })
  void the_wait_of_the_scrape_less_the_offset_bounded_by_the_module(
      String header, Duration module, Duration expected) {
    assertThat(ScrapeTimeout.of(header, Optional.ofNullable(module))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ten", "-1", "+1", "NaN", "Infinity", "0x10", "10s", "1,5", "1 0"})
  void what_is_no_number_of_seconds_is_refused(String header) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScrapeTimeout.of(header, Optional.empty()))
        .withMessage(
            "X-Prometheus-Scrape-Timeout-Seconds: expected a number of seconds, such as 10");
  }
}
