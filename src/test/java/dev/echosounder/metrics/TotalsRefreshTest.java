package dev.echosounder.metrics;

import static dev.echosounder.metrics.FakeService.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.EchoTotals;
import dev.echosounder.bus.Nothing;
import dev.echosounder.metrics.ExpositionParser.Parsed;
import dev.echosounder.settings.Settings;
import dev.echosounder.testing.SettingsFixture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TotalsRefreshTest {

  private static final String GETS = "app_requests_count_total{code=\"200\",method=\"GET\"}";
  private static final String GET_DURATIONS = "app_request_duration_seconds_count{method=\"GET\"}";

  private final FakeService service = new FakeService();

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void a_flush_adds_up_the_totals_of_every_loop() {
    service.loop(0, new AtomicLong(3));
    service.loop(1, new AtomicLong(4));
    service.start(slow(), 2);

    service.flush();

    Parsed page = service.parsed();
    assertThat(page.value(GETS)).isEqualTo(7);
    assertThat(page.value(GET_DURATIONS)).isEqualTo(7);
    assertThat(page.value("app_request_duration_seconds_bucket{le=\"0.01\",method=\"GET\"}"))
        .isEqualTo(7);
    assertThat(page.value("app_request_duration_seconds_sum{method=\"GET\"}"))
        .isBetween(0.0069, 0.0071);
  }

  @Test
  void the_timer_collects_without_being_asked() {
    AtomicLong gets = new AtomicLong(1);
    service.loop(0, gets);
    service.start(SettingsFixture.with(roles(), Duration.ofMillis(20), List.of()), 1);

    await().until(() -> service.parsed().value(GETS) != null);
    gets.set(9);

    await().until(() -> service.parsed().value(GETS) == 9);
  }

  @Test
  void a_loop_that_does_not_answer_keeps_its_older_totals_and_fails_the_flush() {
    AtomicBoolean silent = new AtomicBoolean();
    AtomicLong gets = new AtomicLong(5);
    service.loop(0, gets);
    service.bus.answer(
        Address.ECHO_TOTALS.of("1"),
        asked ->
            silent.get()
                ? Promise.<EchoTotals>promise().future()
                : Future.succeededFuture(FakeService.totals(1, "POST", 201, 2)));
    service.start(slow(), 2);
    service.flush();

    silent.set(true);
    gets.set(6);
    Future<Nothing> flush = service.bus.request(Address.FLUSH, Nothing.INSTANCE, LONG);

    await().until(flush::isComplete);
    assertThat(flush.failed()).isTrue();
    Parsed page = service.parsed();
    assertThat(page.value(GETS)).isEqualTo(6);
    assertThat(page.value("app_requests_count_total{code=\"201\",method=\"POST\"}")).isEqualTo(2);
  }

  @Test
  void a_flush_fails_if_a_loop_is_not_there() {
    service.loop(0, new AtomicLong(1));
    service.start(slow(), 2);

    Future<Nothing> flush = service.bus.request(Address.FLUSH, Nothing.INSTANCE, LONG);

    await().until(flush::isComplete);
    assertThat(flush.failed()).isTrue();
    assertThat(service.parsed().value(GETS)).isOne();
  }

  @Test
  void a_flush_does_not_trust_a_round_that_was_begun_before_it() {
    List<Promise<EchoTotals>> asked = new ArrayList<>();
    AtomicInteger questions = new AtomicInteger();
    service.bus.answer(
        Address.ECHO_TOTALS.of("0"),
        nothing -> {
          Promise<EchoTotals> reply = Promise.promise();
          asked.add(reply);
          questions.incrementAndGet();
          return reply.future();
        });
    service.start(SettingsFixture.with(roles(), Duration.ofMillis(5), List.of()), 1);
    await().until(() -> questions.get() == 1);

    Future<Nothing> flush = service.bus.request(Address.FLUSH, Nothing.INSTANCE, LONG);
    FakeService.await(service.bus.request(Address.PING.of("metrics"), Nothing.INSTANCE, LONG));
    assertThat(questions).as("rounds do not overlap").hasValue(1);
    asked.get(0).complete(FakeService.totals(0, "GET", 200, 1));
    await().until(() -> questions.get() == 2);
    assertThat(flush.isComplete()).isFalse();
    asked.get(1).complete(FakeService.totals(0, "GET", 200, 2));

    await().until(flush::isComplete);
    assertThat(flush.succeeded()).isTrue();
    assertThat(service.parsed().value(GETS)).isEqualTo(2);
  }

  @Test
  void counter_and_histogram_agree_on_every_page_whatever_the_moment() {
    AtomicLong gets = new AtomicLong();
    Random random = new Random(7);
    for (int loop = 0; loop < 3; loop++) {
      service.bus.answer(
          Address.ECHO_TOTALS.of("" + loop),
          answerer(loop, () -> gets.addAndGet(random.nextInt(5))));
    }
    service.start(SettingsFixture.with(roles(), Duration.ofMillis(1), List.of()), 3);

    double before = 0;
    for (int i = 0; i < 200; i++) {
      Parsed page = ExpositionParser.parse(service.page(i % 2 == 0, false));
      Double count = page.value(GETS);
      assertThat(count).isEqualTo(page.value(GET_DURATIONS));
      if (count != null) {
        assertThat(count).isGreaterThanOrEqualTo(before);
        before = count;
      }
    }
    assertThat(before).isPositive();
  }

  private static Function<Nothing, Future<EchoTotals>> answerer(int loop, LongSupplier count) {
    return asked -> Future.succeededFuture(FakeService.totals(loop, "GET", 200, count.getAsLong()));
  }

  private static Set<Settings.Role> roles() {
    return Set.of(Settings.Role.values());
  }

  private static Settings slow() {
    return SettingsFixture.with(roles(), Duration.ofHours(1), List.of());
  }
}
