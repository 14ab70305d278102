package dev.echosounder.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.ProbeAnswers;
import dev.echosounder.bus.Stage;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.TargetId;
import dev.echosounder.testing.RawHttp;
import dev.echosounder.testing.SettingsFixture;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueryLimitTest {

  private static final String QUERY =
      "GET /queryurl HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

  @Test
  void queries_of_too_many_targets_at_once_are_told_to_come_later() throws Exception {
    List<TargetId> ids =
        IntStream.range(0, 60_000)
            .mapToObj(i -> new TargetId("http://127.0.0.1/" + i, Optional.empty(), Map.of()))
            .toList();
    Settings settings =
        SettingsFixture.with(Set.of(Settings.Role.values()), Duration.ofSeconds(1), ids);
    List<Promise<ProbeAnswers>> asked = new CopyOnWriteArrayList<>();
    try (RunningHttp http = new RunningHttp(settings);
        RawHttp first = new RawHttp(http.port())) {
      http.enter(Stage.RUNNING);
      http.bus.answer(
          Address.PROBE_NOW,
          question -> {
            Promise<ProbeAnswers> answer = Promise.promise();
            asked.add(answer);
            return answer.future();
          });

      first.send(QUERY);
      await().until(() -> asked.size() == 1);
      assertThat(RawHttp.exchange(http.port(), QUERY))
          .startsWith("HTTP/1.1 503 ")
          .containsIgnoringCase("retry-after: 1\r\n")
          .contains("\"error\":\"overloaded\"");
      try (RawHttp narrow = new RawHttp(http.port())) {
        narrow.send(QUERY.replace("/queryurl", "/queryurl?name=x"));
        await().until(() -> asked.size() == 2);
        asked.get(1).complete(new ProbeAnswers(List.of()));
        assertThat(narrow.readAll()).startsWith("HTTP/1.1 404 ");
      }

      asked.get(0).complete(new ProbeAnswers(List.of()));
      assertThat(first.readAll()).startsWith("HTTP/1.1 200 ");
      try (RawHttp next = new RawHttp(http.port())) {
        next.send(QUERY);
        await().until(() -> asked.size() == 3);
        asked.get(2).fail("gone");
        assertThat(next.readAll()).startsWith("HTTP/1.1 503 ").contains("unavailable");
      }
      try (RawHttp last = new RawHttp(http.port())) {
        last.send(QUERY);
        await().until(() -> asked.size() == 4);
      }
    }
  }
}
