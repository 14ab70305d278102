package dev.echosounder.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LagTest {

  private final Lag lag = new Lag();

  @Test
  void a_bound_belongs_to_its_bucket() {
    lag.add(0);
    lag.add(0.001);
    lag.add(0.0011);
    lag.add(11);

    assertThat(lag.snapshot().counts()).startsWith(2, 1, 0).endsWith(0, 1);
    assertThat(lag.snapshot().count()).isEqualTo(4);
    assertThat(lag.snapshot().sumSeconds()).isEqualTo(11.0021);
  }
}
