package dev.echosounder.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.bus.DiscoveryTotals.Mechanism;
import dev.echosounder.schema.KeyPath;
import dev.echosounder.settings.Module;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourcesTest {

  private static final Source A = new Source(Mechanism.FILE, "a");
  private static final Source B = new Source(Mechanism.HTTP, "b");

  private final Sources sources = new Sources();

  private static Answer targets(int count) {
    return Answer.good(
        List.of(
            new Group(
                KeyPath.ROOT.item(0),
                Collections.nCopies(count, "h"),
                Optional.empty(),
                Module.DEFAULT_NAME,
                Optional.empty(),
                Optional.empty(),
                Map.of())));
  }

  private int count() {
    return sources.told().stream()
        .flatMap(told -> told.groups().stream())
        .mapToInt(group -> group.texts().size())
        .sum();
  }

  @Test
  void a_failure_keeps_what_was_told_before_and_is_counted() {
    assertThat(sources.take(A, targets(2))).isTrue();
    assertThat(sources.take(A, Answer.bad("broken"))).isFalse();
    assertThat(sources.take(A, Answer.bad("broken"))).isFalse();

    assertThat(count()).isEqualTo(2);
    assertThat(sources.failing(Mechanism.FILE)).isOne();
    assertThat(sources.failures(Mechanism.FILE)).isEqualTo(2);
    assertThat(sources.failing(Mechanism.HTTP)).isZero();

    assertThat(sources.take(A, targets(2))).as("the same again").isFalse();
    assertThat(sources.failing(Mechanism.FILE)).isZero();
    assertThat(sources.failures(Mechanism.FILE)).isEqualTo(2);
  }

  @Test
  void targets_beyond_the_bound_of_all_sources_are_refused_with_their_source() {
    sources.take(A, targets(60_000));

    assertThat(sources.take(B, targets(40_001))).isFalse();
    assertThat(count()).isEqualTo(60_000);
    assertThat(sources.failing(Mechanism.HTTP)).isOne();

    assertThat(sources.take(B, targets(40_000))).isTrue();
    assertThat(sources.take(A, targets(60_000))).as("its own do not count twice").isFalse();
    assertThat(sources.failing(Mechanism.FILE)).isZero();
  }

  @Test
  void a_source_that_is_gone_takes_its_targets_and_its_failure_with_it() {
    sources.take(A, targets(1));
    sources.take(B, Answer.bad("broken"));

    assertThat(sources.keepOnly(Mechanism.FILE, Set.of("a"))).isFalse();
    assertThat(sources.keepOnly(Mechanism.HTTP, Set.of())).as("it had none").isFalse();
    assertThat(sources.keepOnly(Mechanism.FILE, Set.of())).isTrue();

    assertThat(sources.told()).isEmpty();
    assertThat(sources.failing(Mechanism.HTTP)).isZero();
    assertThat(sources.failures(Mechanism.HTTP)).isOne();
  }
}
