package dev.echosounder.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Nothing;
import dev.echosounder.bus.Page;
import dev.echosounder.bus.Scrape;
import dev.echosounder.settings.TargetId;
import dev.echosounder.testing.SettingsFixture;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LargePageTest {

  private static final int TARGETS = 10_000;

  private final FakeService service = new FakeService();
  private final List<TargetId> ids = IntStream.range(0, TARGETS).mapToObj(Results::target).toList();

  @BeforeEach
  void deploy() {
    service.start(SettingsFixture.withTargets(ids.toArray(TargetId[]::new)), 0);
    ids.forEach(id -> service.bus.publish(Address.PROBE_RESULTS, Results.told(Results.full(id))));
  }

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void every_target_is_on_the_page_once_plain_or_packed() throws IOException {
    String plain = service.page(false, false).body().toString();
    PageCopy packed = service.page(true, true);
    String unpacked = packed.unpacked();

    List<String> lines = targetLines(unpacked);
    Map<String, Long> samples =
        lines.stream()
            .collect(
                Collectors.groupingBy(
                    line -> line.substring(0, line.indexOf('{')), Collectors.counting()));
    assertThat(samples)
        .containsEntry("probe_success", (long) TARGETS)
        .containsEntry("probe_attempts_total", (long) TARGETS)
        .containsEntry("probe_http_duration_seconds", 5L * TARGETS);
    assertThat(lines.stream().map(line -> line.substring(0, line.indexOf("} "))).distinct())
        .hasSize(lines.size());
    assertThat(unpacked).containsOnlyOnce("# TYPE probe_success gauge").endsWith("\n# EOF\n");
    assertThat(targetLines(plain)).isEqualTo(targetLines(unpacked));
    assertThat(packed.body().length()).isLessThan(plain.length() / 8);
  }

  private static List<String> targetLines(String page) {
    return page.lines().filter(line -> line.startsWith("probe_")).toList();
  }

  @Test
  void scrapes_do_not_hold_up_the_event_loop_and_are_shared() {
    service.page(false, true);

    List<Future<Page>> pages = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      pages.add(service.bus.borrow(Address.SCRAPE, new Scrape(false, true), FakeService.LONG));
    }
    Future<?> all = Future.all(pages);
    int pings = 0;
    while (!all.isComplete()) {
      FakeService.await(
          service.bus.request(Address.PING.of("metrics"), Nothing.INSTANCE, FakeService.LONG));
      pings++;
    }

    long renderings = pages.stream().map(Future::result).distinct().count();
    pages.forEach(page -> page.result().release());
    assertThat(renderings).isLessThan(10);
    assertThat(pings).as("answered between %d renderings", renderings).isGreaterThan(50);
  }
}
