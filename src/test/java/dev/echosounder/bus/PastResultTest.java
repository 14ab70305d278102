package dev.echosounder.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.settings.TargetId;
import dev.echosounder.testing.TestResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PastResultTest {

  private static final TargetId ID = new TargetId("http://h/", Optional.empty(), Map.of());

  private static PastResult past(
      Duration duration, Reason reason, OptionalInt status, Map<Phase, Duration> phases) {
    Instant now = Instant.parse("2026-11-21T18:00:00.123456Z");
    return PastResult.of(
        7, TestResult.of(ID, now, duration, reason, status, phases, Map.of()), true);
  }

  @Test
  void it_tells_what_the_result_told() {
    PastResult past =
        past(
            Duration.ofNanos(41_700_499),
            Reason.OK,
            OptionalInt.of(200),
            Map.of(Phase.RESOLVE, Duration.ofNanos(1_200), Phase.TLS, Duration.ZERO));

    assertThat(past.number()).isEqualTo(7);
    assertThat(past.up()).isTrue();
    assertThat(past.checkedAt()).isEqualTo("2026-11-21T18:00:00.123Z");
    assertThat(past.duration()).isEqualTo(Duration.ofNanos(41_700_499));
    assertThat(past.statusCode()).hasValue(200);
    assertThat(past.phases())
        .isEqualTo(Map.of(Phase.RESOLVE, Duration.ofNanos(1_200), Phase.TLS, Duration.ZERO));
  }

  @Test
  void what_a_failed_probe_did_not_reach_stays_absent() {
    PastResult past = past(Duration.ofDays(1), Reason.DNS, OptionalInt.empty(), Map.of());

    assertThat(past.up()).isFalse();
    assertThat(past.reason()).isEqualTo(Reason.DNS);
    assertThat(past.duration()).isEqualTo(Duration.ofDays(1));
    assertThat(past.statusCode()).isEmpty();
    assertThat(past.phases()).isEmpty();
  }

  @Test
  void slowphases_keep_seven_digits() {
    Duration slow = Duration.ofMinutes(29).plusNanos(123_456_789);

    Duration kept =
        past(slow, Reason.OK, OptionalInt.empty(), Map.of(Phase.TRANSFER, slow))
            .phases()
            .get(Phase.TRANSFER);

    assertThat(kept.minus(slow).abs()).isLessThan(slow.dividedBy(10_000_000));
  }
}
