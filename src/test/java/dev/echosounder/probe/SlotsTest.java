package dev.echosounder.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.dial.Deadline;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlotsTest {

  private final Vertx vertx = Vertx.vertx();
  private final Queue<Runnable> nextTurns = new ArrayDeque<>();
  private final Slots slots = new Slots(1, nextTurns::add);

  @AfterEach
  void stop() {
    Waiting.on(vertx.close());
  }

  private Deadline patience() {
    return new Deadline(vertx, Duration.ofMinutes(1));
  }

  @Test
  void who_waits_longest_is_served_first() {
    List<String> served = new ArrayList<>();
    slots.take(patience());
    slots.take(patience()).onSuccess(taken -> served.add("first"));
    slots.take(patience()).onSuccess(taken -> served.add("second"));

    slots.release();
    assertThat(served).containsExactly("first");
    slots.release();

    assertThat(served).containsExactly("first", "second");
    assertThat(slots.taken()).isEqualTo(1);
  }

  @Test
  void nobody_is_served_at_once_while_others_wait() {
    assertThat(slots.takeNow()).isTrue();
    assertThat(slots.takeNow()).isFalse();
    Future<Boolean> waiting = slots.take(patience());
    slots.limit(0);
    slots.release();

    assertThat(slots.takeNow()).isFalse();
    slots.limit(2);
    assertThat(waiting.result()).isTrue();
    assertThat(slots.takeNow()).isTrue();
    assertThat(slots.taken()).isEqualTo(2);
  }

  @Test
  void those_that_are_served_at_once_start_a_few_at_a_time_too() {
    slots.limit(10_000);
    int served = 0;
    while (slots.takeNow()) {
      served++;
    }

    assertThat(served).isBetween(1, 100);
    nextTurns.remove().run();
    assertThat(slots.takeNow()).isTrue();
  }

  @Test
  void who_has_no_patience_left_gets_none() {
    slots.take(patience());
    Deadline over = patience();
    Future<Boolean> waiting = slots.take(over);

    over.end();
    slots.release();

    assertThat(waiting.result()).isFalse();
    assertThat(slots.taken()).isZero();
  }

  @Test
  void patience_ends_by_itself() {
    slots.take(patience());

    Future<Boolean> waiting = slots.take(new Deadline(vertx, Duration.ofMillis(20)));

    await().untilAsserted(() -> assertThat(waiting.result()).isFalse());
  }

  @Test
  void a_higher_limit_serves_the_waiting_and_a_lower_one_takes_nothing_away() {
    slots.take(patience());
    Future<Boolean> waiting = slots.take(patience());

    slots.limit(2);
    assertThat(waiting.result()).isTrue();
    slots.limit(1);
    slots.release();

    assertThat(slots.take(patience()).isComplete()).isFalse();
  }

  @Test
  void very_many_start_a_few_at_a_time() {
    slots.limit(10_000);
    List<Boolean> served = new ArrayList<>();
    Deadline common = patience();
    for (int i = 0; i < 1000; i++) {
      slots.take(common).onSuccess(served::add);
    }

    assertThat(served).hasSizeBetween(1, 100);
    nextTurns.remove().run();
    assertThat(served).hasSizeBetween(2, 200);
    while (!nextTurns.isEmpty()) {
      nextTurns.remove().run();
    }

    assertThat(served).hasSize(1000);
  }

  @Test
  void very_many_that_give_back_at_once_do_not_pile_up_on_the_stack() {
    slots.take(patience());
    List<Boolean> served = new ArrayList<>();
    Deadline common = patience();
    for (int i = 0; i < 50_000; i++) {
      slots
          .take(common)
          .onSuccess(
              taken -> {
                served.add(taken);
                slots.release();
              });
    }

    slots.release();
    while (!nextTurns.isEmpty()) {
      nextTurns.remove().run();
    }

    assertThat(served).hasSize(50_000);
    assertThat(slots.taken()).isZero();
  }
}
