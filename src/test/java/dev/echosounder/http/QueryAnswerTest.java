package dev.echosounder.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.bus.AddressOutcome;
import dev.echosounder.bus.ProbeAnswers;
import dev.echosounder.bus.ProbeAnswers.Answer;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.TargetId;
import dev.echosounder.testing.TestResult;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class QueryAnswerTest {

  private static final TargetId SHOP =
      new TargetId("http://shop.test/", Optional.empty(), Map.of());

  private static JsonObject entry(List<AddressOutcome> addresses) {
    ProbeResult result =
        TestResult.of(
                SHOP,
                Instant.EPOCH,
                Duration.ofMillis(20),
                Reason.REFUSED,
                OptionalInt.empty(),
                Map.of(),
                Map.of())
            .withAddresses(addresses);
    return QueryAnswer.of(
            new ProbeAnswers(List.of(new Answer(SHOP, Optional.of(result), false))), List.of())
        .getJsonObject("response")
        .getJsonObject(SHOP.url());
  }

  @Test
  void where_every_address_is_probed_the_outcome_at_each_is_told() {
    JsonObject entry =
        entry(
            List.of(
                new AddressOutcome("::1", Reason.REFUSED, Duration.ofNanos(1_500_000)),
                new AddressOutcome("127.0.0.2", Reason.OK, Duration.ofMillis(20))));

    assertThat(entry.getJsonArray("addresses"))
        .isEqualTo(
            new JsonArray(
                """
                [{"ip":"::1","up":0,"reason":"refused","response_time_in_ms":1.5},
                 {"ip":"127.0.0.2","up":1,"reason":"ok","response_time_in_ms":20.0}]
                """));
  }

  @Test
  void no_addresses_are_told_where_one_is_probed() {
    assertThat(entry(List.of()).containsKey("addresses")).isFalse();
  }
}
