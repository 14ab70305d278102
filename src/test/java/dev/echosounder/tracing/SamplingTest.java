package dev.echosounder.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplingTest {

  private long now = -5;

  private static SpanContext parent(TraceFlags flags) {
    return SpanContext.createFromRemoteParent(
        "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", flags, TraceState.getDefault());
  }

  private Sampling sampling(double ratio) {
    return new Sampling(ratio, () -> now);
  }

  private static long count(int times, BooleanSupplier decision) {
    return IntStream.range(0, times).filter(i -> decision.getAsBoolean()).count();
  }

  @Test
  void the_ratio_decides_where_there_is_no_parent() {
    assertThat(count(1000, sampling(0)::root)).isZero();
    assertThat(count(1000, sampling(1)::root)).isEqualTo(1000);
    // Twenty standard deviations.
    assertThat(count(100_000, sampling(0.1)::root)).isBetween(8_100L, 11_900L);
    assertThat(count(1000, () -> sampling(1).after(SpanContext.getInvalid()))).isEqualTo(1000);
  }

  @Test
  void a_parent_that_is_not_sampled_decides() {
    assertThat(sampling(1).after(parent(TraceFlags.getDefault()))).isFalse();
  }

  @Test
  void sampled_parents_decide_up_to_a_bound_in_each_second() {
    Sampling sampling = sampling(0);
    SpanContext parent = parent(TraceFlags.getSampled());

    assertThat(count(1000, () -> sampling.after(parent))).isEqualTo(Sampling.MOST_PARENTS);
    now += TimeUnit.MILLISECONDS.toNanos(999);
    assertThat(sampling.after(parent)).isFalse();
    now += TimeUnit.MILLISECONDS.toNanos(1);
    assertThat(count(1000, () -> sampling.after(parent))).isEqualTo(Sampling.MOST_PARENTS);
  }

  @Test
  void beyond_the_bound_the_ratio_decides_and_not_the_id_that_a_client_chose() {
    Sampling sampling = sampling(0.1);
    SpanContext lowId =
        SpanContext.createFromRemoteParent(
            "00000000000000000000000000000001",
            "b7ad6b7169203331",
            TraceFlags.getSampled(),
            TraceState.getDefault());

    assertThat(count(100_100, () -> sampling.after(lowId))).isBetween(8_200L, 12_000L);
  }
}
