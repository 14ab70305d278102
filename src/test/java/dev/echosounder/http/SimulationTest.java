package dev.echosounder.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 304, 404, 418, 503, 599})
  void a_status_path_asks_for_its_status(int code) {
    assertThat(Simulation.of("/status/" + code, null).status()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"199", "100", "600", "999", "0", "-1", "20", "2000", "99999999999999999999"})
  void a_status_that_is_none_is_refused(String code) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Simulation.of("/status/" + code, null))
        .withMessage("status: got " + code + ", expected 200 to 599");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/status", "/status/", "/status/ok", "/status/200/x", "/Status/503"})
  void any_other_path_asks_for_nothing(String path) {
    assertThat(Simulation.of(path, null)).isEqualTo(Simulation.NONE);
  }

  @ParameterizedTest
  @CsvSource({"250ms,250", "0,0", "30s,30000", "1.5,1500"})
  void a_delay_is_a_duration(String text, long millis) {
    assertThat(Simulation.of("/", text).delay()).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1h", "31s", "-1s", "soon", "", "1e9"})
  void a_delay_that_is_none_or_too_long_is_refused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Simulation.of("/", text))
        .withMessageStartingWith("delay: got ");
  }

  @Test
  void status_and_delay_go_together() {
    assertThat(Simulation.of("/status/503", "1s"))
        .isEqualTo(new Simulation(503, Duration.ofSeconds(1)));
  }
}
