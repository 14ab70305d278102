package dev.echosounder.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenConnectionsTest {

  private static int admitted(OpenConnections open, Entrance entrance) {
    int admitted = 0;
    while (open.enter(entrance).filter(Seat::admitted).isPresent()) {
      admitted++;
    }
    return admitted;
  }

  @ParameterizedTest
  @CsvSource({"20000, 19900, 100", "400, 300, 100", "40, 30, 10", "4, 3, 1", "3, 3, 0", "1, 1, 0"})
  void the_main_port_leaves_a_reserve_to_a_management_port(int most, int main, int left) {
    OpenConnections open = new OpenConnections(most, 0, true);

    assertThat(admitted(open, Entrance.MAIN)).isEqualTo(main);
    assertThat(admitted(open, Entrance.MANAGEMENT)).isEqualTo(left);
  }

  @Test
  void one_port_has_all_of_them() {
    assertThat(admitted(new OpenConnections(400, 0, false), Entrance.MAIN)).isEqualTo(400);
  }

  @Test
  void those_that_are_too_many_take_no_place_of_those_that_are_not() {
    OpenConnections open = new OpenConnections(1, 1, false);
    Seat first = open.enter(Entrance.MAIN).orElseThrow();
    Optional<Seat> second = open.enter(Entrance.MAIN);
    assertThat(second).hasValueSatisfying(seat -> assertThat(seat.admitted()).isFalse());
    assertThat(open.enter(Entrance.MAIN)).isEmpty();
    assertThat(open.takeRefused()).isEqualTo(2);

    first.leave();
    assertThat(open.enter(Entrance.MAIN).orElseThrow().admitted()).isTrue();
    second.orElseThrow().leave();
    assertThat(open.enter(Entrance.MAIN)).isPresent();
    assertThat(open.takeRefused()).isEqualTo(1);
  }

  @Test
  void a_place_that_is_left_is_free_on_both_ports() {
    OpenConnections open = new OpenConnections(4, 0, true);
    Seat main = open.enter(Entrance.MAIN).orElseThrow();
    assertThat(admitted(open, Entrance.MANAGEMENT)).isEqualTo(3);

    main.leave();
    assertThat(admitted(open, Entrance.MAIN)).isEqualTo(1);
    assertThat(admitted(open, Entrance.MANAGEMENT)).isZero();
  }
}
