package dev.echosounder.hostile;

import static dev.echosounder.testing.ScriptedTarget.answer;
import static dev.echosounder.testing.ScriptedTarget.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.Nothing;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.ProberTotals;
import dev.echosounder.bus.Reason;
import dev.echosounder.probe.ProberVerticle;
import dev.echosounder.settings.Settings;
import dev.echosounder.testing.Configured;
import dev.echosounder.testing.DnsServer;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hostile targets leave to the others: threads and slots. */
class FairShareTest {

  private static final Duration PATIENCE = Duration.ofSeconds(50);

  /** The threads for bodies that take long. */
  private static final int LANE = 8;

  @TempDir Path directory;

  private final Vertx hostile = Vertx.vertx();
  private final ScriptedTarget server = ScriptedTarget.http(hostile, "0.0.0.0");
  private final DnsServer dns = DnsServer.start();
  private final Map<String, ProbeResult> results = new ConcurrentHashMap<>();
  private Vertx vertx;
  private Bus bus;

  @BeforeEach
  void start() {
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setAddressResolverOptions(
                    new AddressResolverOptions()
                        .addServer("127.0.0.1:" + dns.port())
                        .setSearchDomains(List.of())));
    bus = Bus.install(vertx);
    bus.listen(
        Address.PROBE_RESULTS,
        told ->
            told.verdicts()
                .forEach(result -> results.put(result.target().name().orElseThrow(), result)));
    Waiting.on(vertx.deployVerticle(new ProberVerticle("test")));
  }

  @AfterEach
  void stop() {
    Waiting.on(vertx.close());
    Waiting.on(hostile.close());
    dns.close();
  }

  private void configure(String yaml) throws Exception {
    Settings settings = Configured.by(vertx, directory, yaml);
    bus.publish(Address.SETTINGS, settings);
  }

  private ProberTotals totals() {
    return Waiting.on(bus.request(Address.PROBER_TOTALS, Nothing.INSTANCE, PATIENCE));
  }

  @Test
  void bodies_that_keep_every_thread_busy_do_not_stall_others_and_end_when_nobody_waits()
      throws Exception {
    server.on("/slow", answer(200, "abcdefgh".repeat(1 << 18)));
    server.on("/quick", answer(200, "needle"));
    String yaml =
        """
        query_interval_in_seconds: 3600
        modules:
          slow: {prober: http, http: {fail_if_body_not_matches_regexp: ["[a-z]{1,200}0"]}}
          quick: {prober: http, http: {fail_if_body_not_matches_regexp: [needle]}}
        targets:
        """;
    String target = "  - {name: %s, url: \"http://127.0.0.1:%d/%s\", module: %s, timeout: 60s}\n";
    String quick = target.formatted("quick", server.port(), "quick", "quick");
    StringBuilder slow = new StringBuilder();
    for (int i = 0; i < 2 * LANE; i++) {
      slow.append(target.formatted("slow" + i, server.port(), "slow", "slow"));
    }
    configure(yaml + slow);
    await().atMost(PATIENCE).until(() -> judging() == LANE);

    configure(yaml + slow + quick);

    await().atMost(PATIENCE).until(() -> results.containsKey("quick"));
    assertThat(results.get("quick").reason()).isEqualTo(Reason.OK);
    assertThat(judging()).isEqualTo(LANE);
    configure(yaml + quick);
    await().atMost(PATIENCE).until(() -> judging() == 0);
  }

  private static long judging() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().startsWith("echosounder-judging"))
        .filter(
            thread ->
                List.of(thread.getValue()).stream()
                    .anyMatch(frame -> frame.getClassName().startsWith("dev.echosounder")))
        .count();
  }

  @Test
  void each_address_of_a_name_takes_a_slot_of_its_own() throws Exception {
    server.otherwise(silent());
    dns.addresses(
        "many.test", IntStream.range(1, 9).mapToObj(i -> "127.0.0." + i).toArray(String[]::new));
    configure(
        """
        query_interval_in_seconds: 3600
        prober: {concurrency: 3}
        targets:
          - {name: many, url: "http://many.test:%d/", timeout: 3s, probe_all_ips: true}
        """
            .formatted(server.port()));

    await().atMost(PATIENCE).until(() -> server.open() == 3);
    assertThat(totals().inFlight()).isEqualTo(3);
    await().atMost(PATIENCE).until(() -> results.containsKey("many"));
    assertThat(server.accepted()).isEqualTo(3);
    assertThat(results.get("many").addresses())
        .extracting(address -> address.reason())
        .containsOnly(Reason.TIMEOUT, Reason.OVERLOAD)
        .hasSize(8);
    await().atMost(PATIENCE).until(() -> totals().inFlight() == 0);
  }

  @Test
  void with_one_slot_the_addresses_of_a_name_are_probed_one_after_the_other() throws Exception {
    server.otherwise(answer(200, ""));
    dns.addresses("three.test", "127.0.0.1", "127.0.0.2", "127.0.0.3");
    configure(
        """
        query_interval_in_seconds: 3600
        prober: {concurrency: 1}
        targets:
          - {name: three, url: "http://three.test:%d/", probe_all_ips: true}
        """
            .formatted(server.port()));

    await().atMost(PATIENCE).until(() -> results.containsKey("three"));
    assertThat(results.get("three").reason()).isEqualTo(Reason.OK);
    assertThat(results.get("three").addresses()).hasSize(3);
    assertThat(totals().inFlight()).isZero();
  }
}
