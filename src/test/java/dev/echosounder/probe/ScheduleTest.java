package dev.echosounder.probe;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1000 * MILLISECOND;
  private static final long INTERVAL = 10 * SECOND;

  private final Schedule<String> schedule = new Schedule<>();
  private long now = 123 * SECOND;

  private static Map<String, Long> keys(int count) {
    return IntStream.range(0, count)
        .boxed()
        .collect(toMap(i -> "http://host-" + i + ".example/", i -> INTERVAL));
  }

  /** Lets time pass and writes down every turn. */
  private List<Schedule.Turn<String>> until(long end) {
    List<Schedule.Turn<String>> turns = new ArrayList<>();
    while (schedule.next().isPresent() && schedule.next().getAsLong() <= end) {
      now = Math.max(now, schedule.next().getAsLong());
      turns.addAll(schedule.take(now));
    }
    now = end;
    return turns;
  }

  @Test
  void an_empty_schedule_has_no_next_turn() {
    assertThat(schedule.next()).isEmpty();
    assertThat(schedule.take(now)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {5_000, 10_000})
  void turns_are_spread_evenly_from_the_first_second_on(int count) {
    schedule.add(keys(count), now);
    long start = now;

    Map<Long, Integer> perSecond = new HashMap<>();
    until(start + 60 * SECOND)
        .forEach(turn -> perSecond.merge((turn.due() - start) / SECOND, 1, Integer::sum));

    double mean = count / 10.0;
    assertThat(perSecond).hasSizeGreaterThanOrEqualTo(60);
    assertThat(perSecond.values()).allSatisfy(n -> assertThat((double) n).isLessThan(2 * mean));
  }

  @Test
  void two_new_keys_have_their_first_turns_within_20_milliseconds() {
    schedule.add(keys(2), now);

    assertThat(until(now + 20 * MILLISECOND)).hasSize(2);
  }

  @Test
  void after_its_first_turn_each_key_has_one_turn_an_interval() {
    schedule.add(keys(100), now);
    Map<String, List<Long>> times = new HashMap<>();

    until(now + 10 * INTERVAL)
        .forEach(turn -> times.computeIfAbsent(turn.key(), k -> new ArrayList<>()).add(turn.due()));

    assertThat(times).hasSize(100);
    times.values().forEach(ScheduleTest::assertRegular);
  }

  private static void assertRegular(List<Long> times) {
    assertThat(times.get(1) - times.get(0)).isBetween(INTERVAL / 2, INTERVAL * 3 / 2);
    for (int i = 2; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1)).isEqualTo(INTERVAL);
    }
  }

  @Test
  void a_key_keeps_its_turns_whatever_else_comes_and_goes() {
    Schedule<String> alone = new Schedule<>();
    String key = "http://host-7.example/";
    alone.add(Map.of(key, INTERVAL), now);
    schedule.add(keys(1000), now);
    alone.take(now + INTERVAL);
    until(now + INTERVAL);

    keys(1000).keySet().stream().filter(k -> !k.equals(key)).forEach(schedule::remove);
    schedule.add(Map.of("another", INTERVAL), now);

    List<Long> expected = new ArrayList<>();
    alone.take(now + 2 * INTERVAL).forEach(turn -> expected.add(turn.due()));
    List<Long> actual = new ArrayList<>();
    until(now + 2 * INTERVAL).stream()
        .filter(turn -> turn.key().equals(key))
        .forEach(turn -> actual.add(turn.due()));
    assertThat(actual).contains(expected.get(0));
  }

  @Test
  void a_removed_key_has_no_turn() {
    schedule.add(keys(2), now);

    keys(2).keySet().forEach(schedule::remove);
    schedule.remove("unknown");

    assertThat(schedule.next()).isEmpty();
  }

  @Test
  void after_a_pause_there_is_one_round_and_no_catching_up() {
    schedule.add(keys(500), now);
    until(now + 3 * INTERVAL);

    now += 600 * SECOND;
    List<Schedule.Turn<String>> round = schedule.take(now);

    Set<String> probed = new HashSet<>();
    round.forEach(turn -> probed.add(turn.key()));
    assertThat(round).hasSize(500);
    assertThat(probed).hasSize(500);
    assertThat(schedule.next()).matches(at -> at.getAsLong() > now);
    assertThat(until(now + INTERVAL / 2)).isEmpty();
    assertThat(until(now + INTERVAL)).hasSize(500);
  }

  @Test
  void turns_come_in_the_order_in_which_they_are_due() {
    schedule.add(keys(100), now);

    assertThat(schedule.take(now + INTERVAL)).extracting(Schedule.Turn::due).isSorted();
  }

  @Test
  void a_thousand_keys_that_change_their_interval_at_once_stay_spread() {
    schedule.add(keys(1000), now);
    until(now + 2 * INTERVAL);
    long start = now;

    keys(1000).keySet().forEach(key -> assertThat(schedule.pace(key, SECOND, now)).isTrue());

    assertThat(until(start + SECOND / 2)).isEmpty();
    Map<Long, Integer> perTenth = new HashMap<>();
    until(start + SECOND / 2 + 5 * SECOND)
        .forEach(turn -> perTenth.merge((turn.due() - start) / (SECOND / 10), 1, Integer::sum));
    assertThat(perTenth).hasSizeBetween(50, 51);
    assertThat(perTenth.values()).allSatisfy(count -> assertThat(count).isLessThan(200));
    assertThat(perTenth.values().stream().mapToInt(n -> n).sum()).isEqualTo(5000);
  }

  @Test
  void a_key_that_has_its_interval_back_is_back_on_its_lattice() {
    String key = "http://host-7.example/";
    schedule.add(Map.of(key, INTERVAL), now);
    until(now + INTERVAL);
    long regular = schedule.next().getAsLong();
    schedule.pace(key, SECOND, now);
    until(now + 3 * INTERVAL);

    schedule.pace(key, INTERVAL, now);

    assertThat(schedule.next().getAsLong() - now).isBetween(SECOND / 2, INTERVAL + SECOND / 2 + 1);
    assertThat((schedule.next().getAsLong() - regular) % INTERVAL).isZero();
    assertThat(until(now + 5 * INTERVAL)).hasSize(5);
  }

  @Test
  void an_interval_that_stays_and_a_key_without_turns_change_nothing() {
    schedule.add(Map.of("key", INTERVAL), now);
    long next = schedule.next().getAsLong();

    assertThat(schedule.pace("key", INTERVAL, now)).isFalse();
    assertThat(schedule.pace("another", SECOND, now)).isFalse();

    assertThat(schedule.next()).hasValue(next);
  }
}
