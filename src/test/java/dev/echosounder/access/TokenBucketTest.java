package dev.echosounder.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.settings.Web.RateLimit;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

  private static final RateLimit TEN_A_SECOND = new RateLimit(Duration.ofMillis(100), 3);
  private static final long MILLISECOND = 1_000_000;

  private final TokenBucket bucket = new TokenBucket();

  private Duration takeAt(long millis) {
    return bucket.take(TEN_A_SECOND, millis * MILLISECOND);
  }

  @Test
  void a_burst_is_let_in_then_one_each_interval() {
    assertThat(takeAt(0)).isZero();
    assertThat(takeAt(0)).isZero();
    assertThat(takeAt(0)).isZero();
    assertThat(takeAt(0)).isEqualTo(Duration.ofMillis(100));
    assertThat(takeAt(99)).isEqualTo(Duration.ofMillis(1));
    assertThat(takeAt(100)).isZero();
    assertThat(takeAt(100)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void no_more_than_a_burst_is_saved_up() {
    takeAt(0);

    assertThat(IntStream.range(0, 10).filter(i -> takeAt(60_000).isZero()).count()).isEqualTo(3);
  }

  @Test
  void what_is_refused_costs_nothing() {
    IntStream.range(0, 1000).forEach(i -> takeAt(0));

    assertThat(takeAt(100)).isZero();
  }

  @Test
  void a_limit_may_change_and_nothing_is_owed_of_the_old_one() {
    RateLimit daily = new RateLimit(Duration.ofHours(24), 1);
    assertThat(bucket.take(daily, 0)).isZero();
    assertThat(bucket.take(daily, 0)).isEqualTo(Duration.ofHours(24));

    assertThat(takeAt(0)).isEqualTo(Duration.ofMillis(100));
    assertThat(takeAt(100)).isZero();
  }

  @Test
  void threads_share_it() {
    RateLimit limit = new RateLimit(Duration.ofHours(1), 1000);

    long taken =
        IntStream.range(0, 5000).parallel().filter(i -> bucket.take(limit, 0).isZero()).count();

    assertThat(taken).isEqualTo(1000);
  }
}
