package dev.echosounder.probe;

import static dev.echosounder.testing.ScriptedTarget.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.config.Module;
import dev.echosounder.config.Target;
import dev.echosounder.config.TargetId;
import dev.echosounder.config.TargetUrl;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.TestSettings;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a target may have beyond its module, through the whole prober. */
class TargetOptionsTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.install(vertx);
  private final List<ProbeResult> results = new CopyOnWriteArrayList<>();
  private ScriptedTarget server;

  @BeforeEach
  void start() {
    server = ScriptedTarget.http(vertx).on("/up", answer(200, "")).on("/down", answer(500, ""));
    bus.listen(Address.PROBE_RESULT, results::add);
    Waiting.on(vertx.deployVerticle(new ProberVerticle("test")));
  }

  @AfterEach
  void stop() {
    Waiting.on(vertx.close());
  }

  private Target target(String path, Target.Options options) {
    TargetUrl url = TargetUrl.parse(server.url(path), Set.of());
    TargetId id = new TargetId(url.shown(), Optional.of(path.substring(1)), Map.of());
    return new Target(id, url, Module.http2xx(), HOUR, PATIENCE, Map.of(), options);
  }

  private void configure(Target... targets) {
    bus.publish(Address.SETTINGS, new TestSettings().targets(List.of(targets)).build());
  }

  private static Target.Options noSlowerThan(Duration limit) {
    return new Target.Options(Optional.of(limit));
  }

  @Test
  void a_good_answer_that_took_too_long_is_down_and_a_bad_one_keeps_its_reason() {
    configure(
        target("/up", noSlowerThan(Duration.ofNanos(1))),
        target("/down", noSlowerThan(Duration.ofNanos(1))));

    await().until(() -> results.size() == 2);

    assertThat(results)
        .extracting(ProbeResult::reason)
        .containsExactlyInAnyOrder(Reason.ASSERTION, Reason.STATUS);
    assertThat(results)
        .extracting(ProbeResult::statusCode)
        .containsExactlyInAnyOrder(OptionalInt.of(200), OptionalInt.of(500));
  }

  @Test
  void a_good_answer_within_its_limit_is_up() {
    configure(target("/up", noSlowerThan(PATIENCE)));

    await().until(() -> results.size() == 1);

    assertThat(results.get(0).up()).isTrue();
  }
}
