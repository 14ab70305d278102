package dev.echosounder.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.testing.Corpus;
import dev.echosounder.testing.Mutations;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Durations, sizes, networks and URLs. */
class TextPropertyTest {

  private static final long MOST_HOURS = 999_999_999;
  private static final String SECRET = "hunter2";
  private static final Set<String> SECRETS = Set.of("token");

  static List<String> amounts() {
    return Corpus.of("amounts");
  }

  static List<String> urls() {
    return Corpus.of("urls");
  }

  @Provide
  Arbitrary<String> anyAmount() {
    return Mutations.of(amounts());
  }

  @Provide
  Arbitrary<String> anyUrl() {
    return Mutations.of(urls());
  }

  @Property
  void any_amount_is_one_or_none(@ForAll("anyAmount") String text) {
    checkAmount(text);
  }

  @ParameterizedTest
  @MethodSource("amounts")
  void so_is_each_amount_of_the_corpus(String text) {
    checkAmount(text);
  }

  private static void checkAmount(String text) {
    DurationText.parse(text)
        .ifPresent(
            duration -> {
              assertThat(duration).isGreaterThanOrEqualTo(Duration.ZERO);
              if (duration.toHours() <= MOST_HOURS) {
                assertThat(DurationText.parse(DurationText.format(duration))).contains(duration);
              }
            });
    SizeText.parse(text).ifPresent(size -> assertThat(size).isNotNegative());
    try {
      Network network = Network.parse(text);
      assertThat(network.contains(network.base())).isTrue();
      assertThat(Network.parse(network.toString())).isEqualTo(network);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("expected");
    }
  }

  @Property
  void a_duration_is_read_as_it_was_written(
      @ForAll @LongRange(min = 0, max = 1L << 50) long nanos) {
    Duration duration = Duration.ofNanos(nanos);
    assertThat(DurationText.parse(DurationText.format(duration))).contains(duration);
  }

  @Property
  void any_url_is_one_or_none_and_tells_no_secret(@ForAll("anyUrl") String text) {
    checkUrl(text);
  }

  @ParameterizedTest
  @MethodSource("urls")
  void so_is_each_url_of_the_corpus(String text) {
    checkUrl(text);
    for (Protocol protocol : Protocol.values()) {
      try {
        TargetUrl url = TargetUrl.parseLeniently(protocol, text, SECRETS);
        assertThat(url.shown()).doesNotContain(SECRET);
        assertThat(url.toString()).doesNotContain(SECRET);
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).doesNotContain(SECRET);
      }
    }
  }

  private static void checkUrl(String text) {
    for (Protocol protocol : Protocol.values()) {
      try {
        TargetUrl url = TargetUrl.parseLeniently(protocol, text, SECRETS);
        assertThat(url.host()).isNotEmpty();
        url.port().ifPresent(port -> assertThat(port).isBetween(1, 65_535));
        assertThat(url.matches(url.shown())).isTrue();
        assertThat(url.userInfo().map(Secret::toString).orElse("")).doesNotContain(SECRET);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("expected");
        assertThat(e.getMessage()).doesNotContain(SECRET);
      }
    }
  }
}
