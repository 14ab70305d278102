package dev.echosounder.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.metrics.ExpositionParser.Parsed;
import dev.echosounder.testing.SettingsFixture;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InstrumentationTest {

  @Test
  void no_peer_method_or_reply_address_becomes_a_label() {
    try (FakeService service = new FakeService()) {
      service.loop(0, new AtomicLong(1));
      service.start(SettingsFixture.withTargets(), 1);
      request(service, "MADEUP");
      service.flush();

      String page = service.page(false, false).body().toString();

      assertThat(page)
          .doesNotContain("MADEUP", "127.0.0.1", "__vertx", "vertx_http_", "vertx_net_");
    }
  }

  @Test
  void the_addresses_of_the_bus_are_labels() {
    try (FakeService service = new FakeService()) {
      service.loop(0, new AtomicLong(1));
      service.start(SettingsFixture.withTargets(), 1);
      service.flush();

      Parsed page = service.parsed();

      Set<String> asked =
          page.families().get("vertx_eventbus_sent_total").samples.stream()
              .map(sample -> sample.labels().get("address"))
              .collect(Collectors.toSet());
      assertThat(asked)
          .containsExactlyInAnyOrder(
              "http.totals.0", "probe.totals", "metrics.flush", "metrics.scrape");
    }
  }

  @Test
  void two_services_in_one_process_do_not_share_a_registry() {
    try (FakeService one = new FakeService();
        FakeService two = new FakeService()) {
      one.loop(0, new AtomicLong(1));
      one.start(SettingsFixture.withTargets(), 1);
      two.start(SettingsFixture.withTargets(), 0);
      one.flush();

      assertThat(one.parsed().families()).containsKey("app_requests_count_total");
      assertThat(two.parsed().families()).doesNotContainKey("app_requests_count_total");
      assertThat(two.page(false, false).body().toString()).doesNotContain("http.totals.0");
    }
  }

  private static void request(FakeService service, String method) {
    HttpServer server =
        FakeService.await(
            service
                .vertx
                .createHttpServer()
                .requestHandler(request -> request.response().end())
                .listen(0, "127.0.0.1"));
    HttpClient client = service.vertx.createHttpClient();
    FakeService.await(
        client
            .request(HttpMethod.valueOf(method), server.actualPort(), "127.0.0.1", "/")
            .compose(request -> request.send())
            .compose(response -> response.end())
            .eventually(client::close));
  }
}
