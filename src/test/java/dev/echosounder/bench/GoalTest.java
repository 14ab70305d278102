package dev.echosounder.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class GoalTest {

  @Test
  void a_figure_that_must_be_large_is_good_from_the_bound_on() {
    Goal goal = Goal.parse("echo.cpu,\"requests, each\",at least,0.95,times,0.6");

    assertThat(goal.what()).isEqualTo("requests, each");
    assertThat(goal.wanted()).isEqualTo("at least 0.95 times");
    assertThat(goal.met(0.95)).isTrue();
    assertThat(goal.met(0.94)).isFalse();
    assertThat(goal.guarded(0.6)).isTrue();
    assertThat(goal.guarded(0.59)).isFalse();
  }

  @Test
  void a_figure_that_must_be_small_is_good_up_to_the_bound() {
    Goal goal = Goal.parse("start.17,ready,at most,1.2,s,1.8");

    assertThat(goal.met(1.2)).isTrue();
    assertThat(goal.met(1.21)).isFalse();
    assertThat(goal.guarded(1.8)).isTrue();
    assertThat(goal.guarded(1.81)).isFalse();
  }

  @Test
  void without_a_guard_any_figure_may_pass() {
    assertThat(Goal.parse("start.17,ready,at most,1.2,s,").guarded(100)).isTrue();
  }

  @Test
  void a_guard_is_looser_than_its_goal() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Goal.parse("start.17,ready,at most,1.2,s,1.1"))
        .withMessage("start.17: a guard no looser than the goal");
  }

  @Test
  void a_line_that_is_no_goal_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Goal.parse("start.17,ready,at most,1.2,s"))
        .withMessageStartingWith("expected six cells");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Goal.parse("start.17,ready,below,1.2,s,"))
        .withMessage("direction: got below");
  }
}
