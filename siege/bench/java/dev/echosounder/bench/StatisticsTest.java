package dev.echosounder.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bench")
class StatisticsTest {

  @Test
  void the_median_is_the_middle_one_in_any_order() {
    assertThat(Statistics.median(3)).isEqualTo(3);
    assertThat(Statistics.median(9, 1, 2)).isEqualTo(2);
  }

  @Test
  void the_median_of_an_even_number_is_between_the_two_in_the_middle() {
    assertThat(Statistics.median(10, 1, 4, 2)).isEqualTo(3);
  }

  @Test
  void a_share_of_the_values_does_not_exceed_its_quantile() {
    double[] values = {5, 4, 3, 2, 1};
    assertThat(Statistics.quantile(0.2, values)).isEqualTo(1);
    assertThat(Statistics.quantile(0.21, values)).isEqualTo(2);
    assertThat(Statistics.quantile(1, values)).isEqualTo(5);
    assertThat(values).containsExactly(5, 4, 3, 2, 1);
  }

  @Test
  void of_nothing_there_is_neither() {
    assertThatIllegalArgumentException().isThrownBy(Statistics::median);
    assertThatIllegalArgumentException().isThrownBy(() -> Statistics.quantile(0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> Statistics.quantile(0, 1));
  }
}
