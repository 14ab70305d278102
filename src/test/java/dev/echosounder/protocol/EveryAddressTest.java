package dev.echosounder.protocol;

import static dev.echosounder.testing.ScriptedTarget.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.echosounder.bus.AddressOutcome;
import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.Network;
import dev.echosounder.settings.Target;
import dev.echosounder.testing.DnsScript;
import dev.echosounder.testing.DnsServer;
import dev.echosounder.testing.Probing;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.ScriptedTarget.Script;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** On Linux every address of 127.0.0.0/8 is this host; one server listens on all of them. */
class EveryAddressTest {

  private static final Script GOOD = answer(200, "");

  private final DnsServer dns = DnsServer.start();
  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setAddressResolverOptions(
                  new AddressResolverOptions()
                      .addServer("127.0.0.1:" + dns.port())
                      .setHostsValue(Buffer.buffer())
                      .setSearchDomains(List.of())));
  private ScriptedTarget server;
  private Probing probing;

  @BeforeEach
  void start() throws Exception {
    server = ScriptedTarget.http(vertx, "0.0.0.0").on("/", GOOD);
    probing = new Probing(vertx, Optional.empty());
  }

  @AfterEach
  void stop() {
    Waiting.on(vertx.close());
    dns.close();
  }

  private Target target(String host, Duration timeout) {
    Target one = Probing.target(server.url(host, "/"), HttpOptions.DEFAULT, timeout, Map.of());
    Target.Options all =
        new Target.Options(
            Optional.empty(), 0, Duration.ofSeconds(1), Optional.empty(), false, true, true);
    return new Target(
        one.id(), one.url(), one.module(), one.interval(), one.timeout(), one.headers(), all);
  }

  private ProbeResult probe(String host, AddressFilter dialable) {
    return probing.probe(target(host, Probing.LONG), dialable);
  }

  private ProbeResult probe(String host) {
    return probe(host, AddressFilter.ANY);
  }

  private static Map<String, Reason> outcomes(ProbeResult result) {
    Map<String, Reason> reasons = new LinkedHashMap<>();
    result.addresses().forEach(outcome -> reasons.put(outcome.address(), outcome.reason()));
    return reasons;
  }

  private static Script at(String address, Script script) {
    return socket -> (isAt(address, socket) ? script : GOOD).play(socket);
  }

  private static boolean isAt(String address, NetSocket socket) {
    return socket.localAddress().hostAddress().equals(address);
  }

  @Test
  void a_target_is_up_if_it_is_up_at_every_address_of_its_name() {
    dns.addresses("all.test", "127.0.0.2", "127.0.0.3", "127.0.0.4");

    ProbeResult result = probe("all.test");

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(outcomes(result))
        .containsExactly(
            entry("127.0.0.2", Reason.OK),
            entry("127.0.0.3", Reason.OK),
            entry("127.0.0.4", Reason.OK));
    assertThat(result.addresses())
        .extracting(AddressOutcome::duration)
        .allMatch(duration -> duration.compareTo(result.duration()) <= 0);
    assertThat(result.phases())
        .containsKeys(Phase.RESOLVE, Phase.CONNECT, Phase.PROCESSING, Phase.TRANSFER);
    assertThat(result.measures()).containsKey(Measure.DNS_LOOKUP_TIME);
  }

  @Test
  void a_target_that_is_down_at_one_address_is_down_for_its_reason() {
    dns.addresses("all.test", "127.0.0.2", "127.0.0.3", "127.0.0.4");
    server.on("/", at("127.0.0.3", answer(503, "")));

    ProbeResult result = probe("all.test");

    assertThat(result.reason()).isEqualTo(Reason.STATUS);
    assertThat(result.statusCode()).hasValue(503);
    assertThat(outcomes(result))
        .containsExactly(
            entry("127.0.0.2", Reason.OK),
            entry("127.0.0.3", Reason.STATUS),
            entry("127.0.0.4", Reason.OK));
  }

  @Test
  void of_several_failures_the_first_one_counts() {
    dns.addresses("all.test", "127.0.0.2", "127.0.0.3");
    Script later = server.delayed(500, answer(500, ""));
    server.on("/", socket -> (isAt("127.0.0.2", socket) ? later : answer(503, "")).play(socket));

    ProbeResult result = probe("all.test");

    assertThat(result.statusCode()).hasValue(503);
    assertThat(outcomes(result))
        .containsExactly(entry("127.0.0.2", Reason.STATUS), entry("127.0.0.3", Reason.STATUS));
  }

  @Test
  void one_address_that_is_silent_is_a_timeout() {
    dns.addresses("all.test", "127.0.0.2", "127.0.0.3");
    server.on("/", at("127.0.0.2", ScriptedTarget.silent()));

    ProbeResult result =
        probing.probe(target("all.test", Duration.ofSeconds(1)), AddressFilter.ANY);

    assertThat(result.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(outcomes(result)).containsEntry("127.0.0.2", Reason.TIMEOUT);
  }

  @Test
  void both_families_are_probed_even_where_one_is_slow_to_be_told() {
    dns.addresses("all.test", "127.0.0.2", "::1")
        .on("all.test", Type.A, DnsScript.delayed(300, DnsScript.addresses(List.of("127.0.0.2"))));

    assertThat(outcomes(probe("all.test")))
        .containsExactly(entry("::1", Reason.OK), entry("127.0.0.2", Reason.OK));
  }

  @Test
  void an_address_where_nothing_listens_is_refused_and_no_other_takes_its_place() {
    dns.addresses("all.test", "127.0.0.2", "127.0.0.3");
    server = ScriptedTarget.http(vertx, "127.0.0.2").on("/", GOOD);

    assertThat(outcomes(probe("all.test")))
        .containsExactly(entry("127.0.0.2", Reason.OK), entry("127.0.0.3", Reason.REFUSED));
  }

  @Test
  void a_forbidden_address_is_blocked_and_not_passed_over() {
    dns.addresses("all.test", "127.0.0.2", "127.0.0.3");
    AddressFilter filter = new AddressFilter(List.of(), List.of(Network.parse("127.0.0.3")));

    ProbeResult result = probe("all.test", filter);

    assertThat(result.reason()).isEqualTo(Reason.BLOCKED);
    assertThat(outcomes(result))
        .containsExactly(entry("127.0.0.2", Reason.OK), entry("127.0.0.3", Reason.BLOCKED));
    assertThat(server.accepted()).isEqualTo(1);
  }

  @Test
  void the_addresses_are_probed_at_once_and_the_name_is_looked_up_once() {
    dns.addresses("all.test", "127.0.0.2", "127.0.0.3", "127.0.0.4");
    Queue<NetSocket> waiting = new ConcurrentLinkedQueue<>();
    server.on(
        "/",
        socket -> {
          waiting.add(socket);
          if (waiting.size() == 3) {
            waiting.forEach(GOOD::play);
          }
        });

    assertThat(probe("all.test").reason()).isEqualTo(Reason.OK);
    assertThat(dns.questions()).containsExactlyInAnyOrder("udp all.test A", "udp all.test AAAA");
  }

  @Test
  void of_very_many_addresses_sixteen_are_probed() {
    dns.addresses(
        "many.test",
        IntStream.rangeClosed(1, 20).mapToObj(i -> "127.0.1." + i).toArray(String[]::new));

    ProbeResult result = probe("many.test");

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.addresses()).hasSize(16);
    assertThat(server.accepted()).isEqualTo(16);
  }

  @Test
  void a_name_without_an_address_is_dns() {
    ProbeResult result = probe("none.test");

    assertThat(result.reason()).isEqualTo(Reason.DNS);
    assertThat(result.addresses()).isEmpty();
    assertThat(result.phases()).containsOnlyKeys(Phase.RESOLVE);
  }

  @Test
  void a_name_that_no_server_answers_for_in_time_is_a_timeout() {
    dns.on("silent.test", Type.A, DnsScript.silent())
        .on("silent.test", Type.AAAA, DnsScript.silent());

    assertThat(
            probing
                .probe(target("silent.test", Duration.ofMillis(300)), AddressFilter.ANY)
                .reason())
        .isEqualTo(Reason.TIMEOUT);
  }

  @Test
  void an_address_literal_is_one_address() {
    ProbeResult result = probe("127.0.0.5");

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(outcomes(result)).containsExactly(entry("127.0.0.5", Reason.OK));
    assertThat(result.phases()).doesNotContainKey(Phase.RESOLVE);
  }
}
