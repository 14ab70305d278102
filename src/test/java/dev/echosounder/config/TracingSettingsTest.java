package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.settings.Secret;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Target;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracingSettingsTest extends ConfigFixture {

  @Test
  void without_an_endpoint_it_is_off() throws Exception {
    Settings.Tracing tracing = settings("urls: []\n").tracing();

    assertThat(tracing.on()).isFalse();
    assertThat(tracing.sampleRatio()).isEqualTo(0.1);
    assertThat(tracing.headers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://jaeger:4318, http://jaeger:4318/v1/traces",
    "http://jaeger:4318/, http://jaeger:4318/v1/traces",
    "https://otel.example/otlp//, https://otel.example/otlp/v1/traces",
    "HTTP://otel_collector, http://otel_collector/v1/traces",
    "http://[::1]:4318, http://[::1]:4318/v1/traces"
  })
  void the_path_of_spans_is_added_to_the_endpoint(String configured, String posted)
      throws Exception {
    Settings.Tracing tracing =
        settings("tracing: {otlp_endpoint: '" + configured + "'}\n").tracing();

    assertThat(tracing.endpoint().orElseThrow().uri()).hasToString(posted);
  }

  @Test
  void headers_are_secret() throws Exception {
    Settings settings =
        settings("tracing: {otlp_endpoint: 'http://h', headers: {X-Key: hunter2}}\n");

    assertThat(settings.tracing().headers()).isEqualTo(Map.of("X-Key", new Secret("hunter2")));
    assertThat(settings.shown().encode()).contains("X-Key").doesNotContain("hunter2");
    assertThat(settings.tracing().toString()).doesNotContain("hunter2");
  }

  @Test
  void a_target_is_traced_unless_it_says_otherwise() throws Exception {
    assertThat(settings("targets: [{url: http://h/}, {url: http://i/, trace: false}]\n").targets())
        .extracting(Target::options)
        .extracting(Target.Options::trace)
        .containsExactly(true, false);
  }

  @Test
  void the_environment_sets_endpoint_and_ratio() throws Exception {
    Reading reading =
        read(
            "urls: []\n",
            Map.of(
                "ECHOSOUNDER_TRACING_OTLP_ENDPOINT",
                "http://jaeger:4318",
                "ECHOSOUNDER_TRACING_SAMPLE_RATIO",
                "0.25"));

    assertThat(reading.problems()).isEmpty();
    assertThat(reading.settings().orElseThrow().tracing().on()).isTrue();
    assertThat(reading.settings().orElseThrow().tracing().sampleRatio()).isEqualTo(0.25);
  }

  @ParameterizedTest
  @CsvSource({"1, true", "0, true", "2, false", "-0.5, false", "half, false", "1e-1, false"})
  void a_ratio_of_the_environment_is_a_plain_number_from_0_to_1(String ratio, boolean good)
      throws Exception {
    Reading reading = read("urls: []\n", Map.of("ECHOSOUNDER_TRACING_SAMPLE_RATIO", ratio));

    assertThat(reading.problems().isEmpty()).as(reading.problems().toString()).isEqualTo(good);
    if (!good) {
      assertThat(reading.problems().get(0).toString())
          .startsWith("tracing.sample_ratio (ECHOSOUNDER_TRACING_SAMPLE_RATIO): got ")
          .endsWith(", expected a number from 0 to 1");
    }
  }
}
