package dev.echosounder.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.bus.Reason;
import dev.echosounder.settings.HttpOptions.Coding;
import dev.echosounder.testing.Corpus;
import dev.echosounder.testing.Mutations;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Coded bodies that are damaged or no such thing, in every coding. */
class DecodingPropertyTest {

  private static final int LIMIT = 100_000;
  private static final int KEPT = 50_000;
  private static final int BUDGET = 1 << 20;

  static List<String> corpus() {
    return Corpus.of("coded-bodies");
  }

  @Provide
  Arbitrary<String> bodies() {
    return Mutations.ofBytes(corpus());
  }

  @Property
  void any_body_is_decoded_within_its_limit_or_is_wrong(@ForAll("bodies") String body) {
    check(body);
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void so_is_each_of_the_corpus(String body) {
    check(body);
  }

  private static void check(String body) {
    for (Coding coding : Coding.values()) {
      BodyBudget budget = new BodyBudget(BUDGET);
      BodyBuffer buffer = new BodyBuffer(LIMIT, KEPT, budget);
      Decoding.decode(Corpus.bytes(body), coding, buffer, () -> false);
      buffer
          .failure()
          .ifPresent(
              failure -> assertThat(failure.reason()).isIn(Reason.PROTOCOL, Reason.BODY_LIMIT));
      assertThat(buffer.bytes()).hasSizeLessThanOrEqualTo(KEPT);
      buffer.release();
      assertThat(budget.left()).isEqualTo(BUDGET);
    }
  }
}
