package dev.echosounder.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.ProbeResults;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.TargetId;
import dev.echosounder.testing.TestResult;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnnouncerTest {

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final List<ProbeResults> told = new CopyOnWriteArrayList<>();
  private final Announcer announcer = new Announcer(vertx, told::add);
  private final ProbeResult first = result("http://first.example/");
  private final ProbeResult second = result("http://second.example/");

  private static ProbeResult result(String url) {
    return TestResult.of(
        new TargetId(url, Optional.empty(), Map.of()),
        Instant.EPOCH,
        Duration.ofMillis(3),
        Reason.OK,
        OptionalInt.of(200),
        Map.of(),
        Map.of());
  }

  @AfterEach
  void stop() {
    Waiting.on(vertx.close());
  }

  @Test
  void what_comes_at_once_is_told_at_once_without_being_asked() {
    loop.runOnContext(
        now -> {
          announcer.retried(first);
          announcer.verdict(first);
          announcer.verdict(second);
        });

    await().until(() -> !told.isEmpty());
    assertThat(told).containsExactly(new ProbeResults(List.of(first, second), List.of(first)));
  }

  @Test
  void what_is_told_early_is_not_told_again() {
    loop.runOnContext(
        now -> {
          announcer.tell();
          announcer.verdict(first);
          announcer.tell();
          announcer.tell();
        });
    await().until(() -> !told.isEmpty());

    loop.runOnContext(now -> announcer.verdict(second));
    await().until(() -> told.size() > 1);
    assertThat(told)
        .containsExactly(
            new ProbeResults(List.of(first), List.of()),
            new ProbeResults(List.of(second), List.of()));
  }
}
