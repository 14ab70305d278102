package dev.echosounder.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.bus.PastResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.TargetId;
import dev.echosounder.testing.TestResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryTest {

  private static final TargetId ID = new TargetId("http://h/", Optional.empty(), Map.of());

  private int taken;

  /** Keeps results, {@code +} for a success and {@code -} for a failure. */
  private History add(History history, String outcomes) {
    outcomes.chars().forEach(outcome -> add(history, outcome));
    return history;
  }

  private void add(History history, int outcome) {
    Reason reason = outcome == '+' ? Reason.OK : Reason.TIMEOUT;
    Duration duration = Duration.ofMillis(++taken);
    history.add(
        TestResult.of(ID, Instant.EPOCH, duration, reason, OptionalInt.empty(), Map.of(), Map.of()),
        true);
  }

  /** The kept ones, the newest first, each as its place and outcome. */
  private static String kept(History history) {
    return history.newestFirst().stream().map(HistoryTest::text).collect(Collectors.joining(" "));
  }

  private static String text(PastResult result) {
    return result.duration().toMillis() + (result.up() ? "+" : "-");
  }

  @Test
  void all_are_kept_up_to_the_limit_the_newest_first() {
    assertThat(kept(add(new History(4), "+-+-"))).isEqualTo("4- 3+ 2- 1+");
  }

  @Test
  void the_oldest_success_goes_before_any_failure() {
    assertThat(kept(add(new History(4), "-+++++"))).isEqualTo("6+ 5+ 4+ 1-");
  }

  @Test
  void once_a_quarter_are_successes_the_oldest_failure_goes() {
    assertThat(kept(add(new History(4), "++-------"))).isEqualTo("9- 8- 7- 2+");
    assertThat(kept(add(new History(8), "+".repeat(50) + "-".repeat(50))))
        .endsWith(" 59+ 58+")
        .contains("109- 108-");
  }

  @Test
  void a_new_result_is_kept_however_small_the_limit() {
    for (int limit = 1; limit < 10; limit++) {
      History history = new History(limit);
      for (int outcome : "--+-+++---+--+--+----+".chars().toArray()) {
        add(history, outcome);

        assertThat(history.newestFirst().get(0).duration().toMillis()).isEqualTo(taken);
        assertThat(history.newestFirst()).hasSizeLessThanOrEqualTo(limit);
      }
      assertThat(history.newestFirst()).hasSize(limit);
    }
  }

  @Test
  void a_lower_limit_holds_at_once_and_a_higher_one_from_then_on() {
    History history = add(new History(8), "+-+-+-+-");

    history.limit(4);
    assertThat(kept(history)).isEqualTo("8- 7+ 6- 4-");
    history.limit(5);
    assertThat(kept(add(history, "++"))).isEqualTo("10+ 9+ 8- 6- 4-");
    history.limit(0);
    assertThat(kept(add(history, "+-"))).isEmpty();
  }

  @Test
  void ten_thousand_are_kept_in_order() {
    History history = new History(10_000);
    IntStream.range(0, 15_000).forEach(i -> add(history, i % 3 == 0 ? "-" : "+"));

    assertThat(history.newestFirst())
        .hasSize(10_000)
        .isSortedAccordingTo((a, b) -> Long.compare(b.number(), a.number()));
  }
}
