package dev.echosounder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Settings.Role;
import dev.echosounder.testing.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorsTest {

  private static final int HEARD = 1000;

  private final Settings defaults = new TestSettings().build();

  @Test
  void where_there_are_enough_each_side_has_what_it_is_configured_to_take() {
    Descriptors shared = Descriptors.share(1 << 20, 20, defaults, HEARD);

    assertThat(shared.connections()).isEqualTo(20_000);
    assertThat(shared.refusals()).isEqualTo(HEARD);
    assertThat(shared.probes()).isGreaterThan(4096);
    assertThat(shared.shortage(defaults)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {64, 256, 1024, 4096, 16384})
  void where_there_are_not_both_together_never_take_the_last(long limit) {
    Descriptors shared = Descriptors.share(limit, 20, defaults, HEARD);

    assertThat(shared.connections() + shared.refusals() + 2 * shared.probes())
        .isLessThan((int) limit - 20);
    assertThat(shared.connections()).isGreaterThan(shared.refusals());
    assertThat(shared.probes()).isPositive();
    assertThat(shared.shortage(defaults).orElseThrow())
        .isEqualTo(
            "The process may have %d open files (ulimit -n), so http.max_connections is %d of 20000, prober.concurrency %d of 4096",
            limit, shared.connections(), shared.probes());
  }

  @Test
  void one_that_needs_little_leaves_the_rest_to_the_other() {
    Settings few = new TestSettings().concurrency(10).build();

    Descriptors shared = Descriptors.share(1024, 24, few, HEARD);

    assertThat(shared.connections() + shared.refusals()).isEqualTo(1024 - 24 - 32 - 20);
    assertThat(shared.probes()).isEqualTo(10);
  }

  @Test
  void an_instance_that_does_not_probe_has_them_all_for_clients() {
    Settings echo = new TestSettings().roles(Role.ECHO).build();

    Descriptors shared = Descriptors.share(1024, 24, echo, HEARD);

    assertThat(shared.connections() + shared.refusals()).isEqualTo(1024 - 24 - 32);
  }

  @Test
  void one_that_has_none_left_still_takes_one_connection_and_one_probe() {
    Descriptors shared = Descriptors.share(16, 20, defaults, HEARD);

    assertThat(shared.connections()).isEqualTo(1);
    assertThat(shared.probes()).isEqualTo(1);
  }
}
