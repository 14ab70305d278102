package dev.echosounder.metrics;

import static dev.echosounder.metrics.FakeService.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Page;
import dev.echosounder.bus.Reload;
import dev.echosounder.bus.Scrape;
import dev.echosounder.metrics.ExpositionParser.Parsed;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.TargetId;
import dev.echosounder.testing.SettingsFixture;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsVerticleTest {

  private static final TargetId A = Results.target("http://a.example/");
  private static final TargetId B = Results.target("http://b.example/");
  private static final String GETS = "app_requests_count_total{code=\"200\",method=\"GET\"}";

  private final FakeService service = new FakeService();

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void the_prober_is_shown_as_it_says() {
    service.prober(5, 17);
    service.start(SettingsFixture.withTargets(A, B), 0);

    service.flush();

    Parsed page = service.parsed();
    assertThat(page.value("echosounder_targets")).isEqualTo(2);
    assertThat(page.value("echosounder_probes_in_flight")).isEqualTo(5);
    assertThat(page.value("echosounder_probes_skipped_total")).isEqualTo(17);
    assertThat(page.value("echosounder_schedule_lag_seconds_bucket{le=\"1.0\"}")).isEqualTo(5);
    assertThat(page.value("echosounder_schedule_lag_seconds_count")).isEqualTo(6);
    assertThat(page.value("echosounder_schedule_lag_seconds_sum")).isEqualTo(4.5);
  }

  @Test
  void without_the_prober_role_there_are_no_targets_and_nobody_is_asked() {
    Set<Settings.Role> echo = Set.of(Settings.Role.ECHO);
    service.prober(5, 17);
    service.start(SettingsFixture.with(echo, Duration.ofHours(1), List.of(A)), 0);

    service.flush();

    Parsed page = service.parsed();
    assertThat(page.value("echosounder_targets")).isZero();
    assertThat(page.families())
        .doesNotContainKeys("echosounder_probes_in_flight", "probe_attempts_total");
  }

  @Test
  void results_reach_the_page_and_a_reload_keeps_those_of_targets_that_stay() {
    service.start(SettingsFixture.withTargets(A, B), 0);
    service.bus.publish(Address.PROBE_RESULTS, Results.told(Results.full(A)));
    service.bus.publish(Address.PROBE_RESULTS, Results.told(Results.refused(B)));

    service.bus.publish(Address.SETTINGS, SettingsFixture.withTargets(B));
    service.bus.publish(Address.PROBE_RESULTS, Results.told(Results.full(A)));
    service.bus.publish(Address.PROBE_RESULTS, Results.told(Results.refused(B)));

    Parsed page = service.parsed();
    assertThat(page.value("probe_success{url=\"http://a.example/\"}")).isNull();
    assertThat(page.value("probe_success{url=\"http://b.example/\"}")).isZero();
    assertThat(page.value("probe_attempts_total{reason=\"refused\",url=\"http://b.example/\"}"))
        .isEqualTo(2);
    assertThat(page.value("echosounder_targets")).isOne();
  }

  @Test
  void a_reload_changes_the_interval() {
    service.loop(0, new AtomicLong(4));
    service.start(slow(), 1);

    service.bus.publish(
        Address.SETTINGS, SettingsFixture.with(roles(), Duration.ofMillis(10), List.of()));

    await().until(() -> service.parsed().value(GETS) != null);
  }

  @Test
  void a_refused_configuration_shows_until_one_is_accepted() {
    service.start(slow(), 0);
    assertThat(service.parsed().value("echosounder_config_last_reload_successful")).isOne();

    Instant accepted = Instant.parse("2026-11-21T18:00:00Z");
    service.bus.publish(Address.RELOADED, new Reload.Outcome(List.of(), accepted));
    service.bus.publish(
        Address.RELOADED, new Reload.Outcome(List.of("urls: got 1"), accepted.plusSeconds(9)));

    Parsed page = service.parsed();
    assertThat(page.value("echosounder_config_last_reload_successful")).isZero();
    assertThat(page.value("echosounder_config_last_reload_success_timestamp_seconds"))
        .isEqualTo(1795284000);
  }

  @Test
  void the_page_names_its_format_and_the_build() {
    service.start(slow(), 0);

    PageCopy text = service.page(false, false);
    PageCopy openMetrics = service.page(true, false);

    assertThat(text.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(openMetrics.contentType())
        .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
    String build =
        "echosounder_build_info{java_version=\"%s\",version=\"1.2.3\"}"
            .formatted(System.getProperty("java.version"));
    assertThat(ExpositionParser.parse(text).value(build)).isOne();
    assertThat(ExpositionParser.parse(openMetrics).value(build)).isOne();
  }

  @Test
  void once_undeployed_it_leaves_the_registry_as_it_was() {
    service.start(slow(), 0);
    assertThat(service.instrumentation.registry().scrape()).contains("echosounder_build_info");

    FakeService.await(service.vertx.undeploy(service.deployment));

    assertThat(service.instrumentation.registry().scrape()).doesNotContain("echosounder_");
  }

  @Test
  void a_page_that_cannot_be_rendered_fails_its_asker_and_the_next_one_is_tried() {
    service.start(slow(), 0);
    AtomicBoolean broken = new AtomicBoolean(true);
    MultiCollector collector =
        () -> {
          if (broken.get()) {
            throw new IllegalStateException("a defect of a collector");
          }
          return new MetricSnapshots();
        };
    service.instrumentation.registry().getPrometheusRegistry().register(collector);

    Future<Page> page = service.bus.borrow(Address.SCRAPE, new Scrape(false, false), LONG);
    await().until(page::isComplete);
    broken.set(false);

    assertThat(page.failed()).isTrue();
    assertThat(service.parsed().families()).containsKey("echosounder_targets");
  }

  private static Set<Settings.Role> roles() {
    return Set.of(Settings.Role.values());
  }

  private static Settings slow() {
    return SettingsFixture.with(roles(), Duration.ofHours(1), List.of());
  }
}
