package dev.echosounder.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "15s, PT15S",
    "1m30s, PT1M30S",
    "1h, PT1H",
    "1h2m3s4ms, PT1H2M3.004S",
    "1m250ms, PT1M0.25S",
    "90m, PT1H30M",
    "1.5s, PT1.5S",
    "30, PT30S",
    "0.25, PT0.25S",
    "0s, PT0S",
  })
  void a_duration_is_read(String text, Duration duration) {
    assertThat(DurationText.parse(text)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "s",
        "-1s",
        "+1s",
        "1 s",
        "1S",
        "1sec",
        "1m1h",
        "1.5h",
        "1d",
        "1s1s",
        "1e3",
        "0x1",
        "9999999999s",
        "1s\n",
        "PT1S",
        ".5s",
        "1.",
        "١s"
      })
  void what_is_no_duration_is_not(String text) {
    assertThat(DurationText.parse(text)).isEmpty();
  }

  @Test
  void what_is_written_is_read_again() {
    Random random = new Random(42);
    for (int i = 0; i < 2_000; i++) {
      Duration duration = Duration.ofMillis(random.nextLong(200_000_000L));
      assertThat(DurationText.parse(DurationText.format(duration))).contains(duration);
      Duration fine = Duration.ofNanos(random.nextLong(90_000_000_000_000L));
      assertThat(DurationText.parse(DurationText.format(fine))).contains(fine);
    }
  }

  @Test
  void a_number_of_seconds_may_have_a_fraction() {
    assertThat(DurationText.ofSeconds(0.25)).isEqualTo(Duration.ofMillis(250));
    assertThat(DurationText.ofSeconds(300)).isEqualTo(Duration.ofMinutes(5));
    assertThat(DurationText.format(Duration.ofSeconds(90))).isEqualTo("1m30s");
    assertThat(DurationText.format(Duration.ZERO)).isEqualTo("0s");
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 1000",
    "10MiB, 10485760",
    "64KiB, 65536",
    "64KB, 65536",
    "1GB, 1073741824",
    "5 B, 5"
  })
  void a_size_is_read(String text, long bytes) {
    assertThat(SizeText.parse(text)).hasValue(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MiB", "-1", "1.5MiB", "1mib", "1TiB", "9999999999"})
  void what_is_no_size_is_not(String text) {
    assertThat(SizeText.parse(text)).isEmpty();
  }
}
