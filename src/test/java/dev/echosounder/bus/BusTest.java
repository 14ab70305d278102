package dev.echosounder.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Scrape TEXT = new Scrape(false, false);

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.install(vertx);

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  private static <T> T get(Future<T> future) throws ExecutionException, InterruptedException {
    return future.toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void what_is_published_reaches_every_listener_as_it_is() {
    List<Reload.Outcome> received = Collections.synchronizedList(new ArrayList<>());
    bus.listen(Address.RELOADED, received::add);
    bus.listen(Address.RELOADED, received::add);
    Reload.Outcome outcome = new Reload.Outcome(List.of(), Instant.EPOCH);

    bus.publish(Address.RELOADED, outcome);

    await().until(() -> received.size() == 2);
    assertThat(received).allSatisfy(message -> assertThat(message).isSameAs(outcome));
  }

  @Test
  void a_request_gets_the_reply_of_its_own_verticle() throws Exception {
    bus.answer(Address.PING.of("a"), asked -> Future.succeededFuture(asked));
    bus.answer(Address.PING.of("b"), asked -> Future.failedFuture("not well"));

    assertThat(get(bus.request(Address.PING.of("a"), Nothing.INSTANCE, PATIENCE)))
        .isSameAs(Nothing.INSTANCE);
    assertThatThrownBy(() -> get(bus.request(Address.PING.of("b"), Nothing.INSTANCE, PATIENCE)))
        .hasMessageContaining("not well")
        .satisfies(failure -> assertThat(Bus.nobodyListens(failure.getCause())).isFalse());
  }

  @Test
  void a_request_that_nobody_hears_fails_at_once_and_one_that_nobody_answers_in_time() {
    assertThatThrownBy(() -> get(bus.request(Address.PING, Nothing.INSTANCE, PATIENCE)))
        .satisfies(failure -> assertThat(Bus.nobodyListens(failure.getCause())).isTrue());

    bus.answer(Address.PING, asked -> Future.future(never -> {}));
    assertThatThrownBy(() -> get(bus.request(Address.PING, Nothing.INSTANCE, Duration.ZERO)))
        .hasMessageContaining("Timed out")
        .satisfies(failure -> assertThat(Bus.nobodyListens(failure.getCause())).isFalse());
  }

  @Test
  void who_borrows_has_a_reference_of_its_own_and_the_lender_none_any_more() throws Exception {
    Page page = new Page("text/plain", List.of());
    bus.lend(Address.SCRAPE, asked -> Future.succeededFuture(page));

    Page borrowed = get(bus.borrow(Address.SCRAPE, TEXT, PATIENCE));

    assertThat(borrowed).isSameAs(page);
    await().until(() -> page.refCnt() == 1);
    page.release();
  }

  @Test
  void what_is_lent_to_one_who_waits_no_longer_is_released() {
    Promise<Page> late = Promise.promise();
    Page page = new Page("text/plain", List.of());
    bus.lend(Address.SCRAPE, asked -> late.future());
    assertThatThrownBy(() -> get(bus.borrow(Address.SCRAPE, TEXT, Duration.ZERO)))
        .hasMessageContaining("Timed out");

    late.complete(page);

    await().until(() -> page.refCnt() == 0);
  }

  @Test
  void a_lender_that_has_nothing_says_why() {
    bus.lend(Address.SCRAPE, asked -> Future.failedFuture("not well"));

    assertThatThrownBy(() -> get(bus.borrow(Address.SCRAPE, TEXT, PATIENCE)))
        .hasMessageContaining("not well");
  }

  @Test
  void addresses_differ() {
    assertThat(Address.ALL).extracting(Address::name).doesNotHaveDuplicates();
    assertThat(Address.PING.of("x").name()).isEqualTo("health.ping.x");
  }

  @Test
  void messages_do_not_cross_a_wire() {
    HandOverCodec<Nothing> codec = new HandOverCodec<>(Nothing.class);

    assertThatThrownBy(() -> codec.encodeToWire(Buffer.buffer(), Nothing.INSTANCE))
        .hasMessageContaining("no wire format");
    assertThatThrownBy(() -> codec.decodeFromWire(0, Buffer.buffer()))
        .hasMessageContaining("no wire format");
  }

  @Test
  void distributions_add_up_bucket_by_bucket() {
    Distribution one = new Distribution(new double[] {1, 2}, new long[] {1, 2, 3}, 4.5);
    Distribution other = new Distribution(new double[] {1, 2}, new long[] {10, 20, 30}, 0.5);

    Distribution sum = one.plus(other);

    assertThat(sum.counts()).containsExactly(11, 22, 33);
    assertThat(sum.sumSeconds()).isEqualTo(5);
    assertThat(sum.count()).isEqualTo(66);
  }

  @Test
  void distributions_that_do_not_fit_are_refused() {
    Distribution one = new Distribution(new double[] {1}, new long[] {1, 2}, 1);
    Distribution other = new Distribution(new double[] {2}, new long[] {1, 2}, 1);

    assertThatIllegalArgumentException().isThrownBy(() -> one.plus(other));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Distribution(new double[] {1}, new long[] {1}, 1));
  }
}
