package dev.echosounder.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.echosounder.testing.Corpus;
import dev.echosounder.testing.Mutations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueryPropertyTest {

  static List<String> corpus() {
    return Corpus.of("query-values");
  }

  @Provide
  Arbitrary<String> values() {
    return Mutations.of(corpus());
  }

  @Property
  void any_delay_and_any_status_is_in_range_or_refused(@ForAll("values") String value) {
    checkSimulation(value);
  }

  @Property
  void any_scrape_timeout_is_in_range_or_refused(@ForAll("values") String value) {
    checkScrapeTimeout(value);
  }

  @Property
  void any_authority_is_taken_or_refused(@ForAll("values") String value) {
    RequestRules.isAuthority(value);
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void so_is_each_of_the_corpus(String value) {
    checkSimulation(value);
    checkScrapeTimeout(value);
    RequestRules.isAuthority(value);
  }

  private static void checkSimulation(String value) {
    orRefused(
        () -> {
          Simulation simulation = Simulation.of("/status/" + value, value);
          assertThat(simulation.status()).isBetween(200, 599);
          assertThat(simulation.delay()).isBetween(Duration.ZERO, Duration.ofSeconds(30));
        });
  }

  private static void checkScrapeTimeout(String value) {
    orRefused(
        () ->
            assertThat(ScrapeTimeout.of(value, Optional.empty()))
                .isBetween(Duration.ofMillis(1), Duration.ofMinutes(2)));
  }

  private static void orRefused(Runnable check) {
    Throwable thrown = catchThrowable(check::run);
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
