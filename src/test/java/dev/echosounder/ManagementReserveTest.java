package dev.echosounder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.testing.MetricsPage;
import dev.echosounder.testing.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health and metrics, on a port of their own, while the main port is flooded. */
class ManagementReserveTest {

  private static final int MOST = 100;
  private static final int RESERVE = 25;
  private static final int FLOOD = 3 * MOST;

  @TempDir private Path directory;
  private RunningEchosounder service;
  private final List<RawHttp> open = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    String yaml =
        "http: {host: 127.0.0.1, port: 0, max_connections: " + MOST + "}\nmanagement: {port: 0}\n";
    Path file = Files.writeString(directory.resolve("echosounder.yaml"), yaml);
    service = new RunningEchosounder(Optional.of(file), Map.of());
  }

  @AfterEach
  void stop() throws IOException {
    for (RawHttp client : open) {
      client.close();
    }
    service.close();
  }

  /** The status of a connection's first request; the connection stays open. */
  private int ask(int port, String path) throws IOException {
    RawHttp client = new RawHttp(port);
    open.add(client);
    String head = client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").head();
    return Integer.parseInt(head.split(" ", 3)[1]);
  }

  private List<Integer> ask(int port, String path, int times) throws IOException {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      statuses.add(ask(port, path));
    }
    return statuses;
  }

  @Test
  void a_flood_of_the_main_port_leaves_health_and_metrics_to_be_asked_for() throws IOException {
    List<Integer> flood = ask(service.port(), "/", FLOOD);

    assertThat(flood.subList(0, MOST - RESERVE)).containsOnly(200);
    assertThat(flood.subList(MOST - RESERVE, FLOOD)).containsOnly(503);
    assertThat(ask(service.managementPort(), "/healthcheck/live", RESERVE - 1)).containsOnly(200);
    await().untilAsserted(() -> assertThat(refused()).isEqualTo(FLOOD - MOST + RESERVE));
  }

  /** Each time on a new connection. */
  private double refused() throws IOException {
    String page =
        RawHttp.exchange(
            service.managementPort(), "GET /metrics HTTP/1.0\r\nConnection: close\r\n\r\n");
    return MetricsPage.parse(page.substring(page.indexOf("\r\n\r\n")))
        .sum(
            "echosounder_http_refused_total",
            sample -> sample.label("reason").equals("connections"));
  }

  @Test
  void the_reserve_is_a_part_of_all_and_no_limit_of_the_management_port() throws IOException {
    assertThat(ask(service.managementPort(), "/healthcheck/live", MOST)).containsOnly(200);

    assertThat(ask(service.managementPort(), "/healthcheck/live")).isEqualTo(503);
    assertThat(ask(service.port(), "/")).isEqualTo(503);
  }
}
