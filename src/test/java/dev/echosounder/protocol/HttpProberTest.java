package dev.echosounder.protocol;

import static dev.echosounder.testing.ScriptedTarget.answer;
import static dev.echosounder.testing.ScriptedTarget.raw;
import static dev.echosounder.testing.ScriptedTarget.rawAndHold;
import static dev.echosounder.testing.ScriptedTarget.reset;
import static dev.echosounder.testing.ScriptedTarget.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.Network;
import dev.echosounder.testing.Probing;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProberTest {

  private static final Duration SHORT = Duration.ofMillis(300);

  // Nothing answers on port 9 of the loopback interface: no test asks a real name server.
  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setAddressResolverOptions(
                  new AddressResolverOptions()
                      .addServer("127.0.0.1:9")
                      .setMaxQueries(1)
                      .setQueryTimeout(200)));
  private ScriptedTarget server;
  private Probing probing;

  @BeforeEach
  void start() throws Exception {
    server = ScriptedTarget.http(vertx);
    probing = new Probing(vertx, Optional.empty());
  }

  @AfterEach
  void every_connection_is_closed() {
    await().untilAsserted(() -> assertThat(server.open()).isZero());
    Waiting.on(vertx.close());
  }

  @Test
  void an_answer_with_2xx_is_up_with_its_phases_and_measures() {
    server.on("/", answer(200, "hello"));

    ProbeResult result = probing.probe(server.url("/"));

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.statusCode()).hasValue(200);
    assertThat(result.phases()).containsOnlyKeys(Phase.CONNECT, Phase.PROCESSING, Phase.TRANSFER);
    assertThat(result.phases().values().stream().reduce(Duration.ZERO, Duration::plus))
        .isLessThanOrEqualTo(result.duration());
    assertThat(result.measures())
        .isEqualTo(
            Map.of(
                Measure.IP_PROTOCOL, 4.0,
                // That of blackbox_exporter for 127.0.0.1.
                Measure.IP_ADDR_HASH, 3668918509.0,
                Measure.HTTP_CONTENT_LENGTH, 5.0,
                Measure.HTTP_UNCOMPRESSED_BODY_LENGTH, 5.0,
                Measure.HTTP_REDIRECTS, 0.0,
                Measure.HTTP_SSL, 0.0,
                Measure.HTTP_VERSION, 1.1));
  }

  @Test
  void a_host_name_may_have_an_underscore_as_those_of_compose_do() {
    server.on("/", ScriptedTarget.redirect(302, "/next"));
    server.on("/next", answer(200, ""));

    ProbeResult result = probing.probe(server.url("/").replace("127.0.0.1", "my_shop.localhost"));

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(server.requests().get(1)).containsPattern("(?i)host: my_shop\\.localhost:\\d+");
  }

  @Test
  void another_status_is_down_with_that_status() {
    server.on("/", answer(503, "sorry"));

    ProbeResult result = probing.probe(server.url("/"));

    assertThat(result.reason()).isEqualTo(Reason.STATUS);
    assertThat(result.statusCode()).hasValue(503);
  }

  @Test
  void the_module_says_which_codes_are_up() {
    server.on("/", answer(404, ""));
    HttpOptions only404 = Probing.http("GET", Map.of(), Optional.empty(), List.of(404), true);

    assertThat(probing.probe(server.url("/"), only404).reason()).isEqualTo(Reason.OK);
  }

  @Test
  void silence_is_a_timeout_and_a_timeout_is_down() {
    server.on("/", silent());

    ProbeResult result = probing.probe(server.url("/"), SHORT);

    assertThat(result.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(result.up()).isFalse();
    assertThat(result.statusCode()).isEmpty();
    assertThat(result.phases()).containsOnlyKeys(Phase.CONNECT, Phase.PROCESSING);
    assertThat(result.duration()).isGreaterThanOrEqualTo(SHORT);
  }

  @Test
  void bytes_that_keep_dripping_do_not_extend_the_deadline() {
    server.on("/", server.drip(20));

    ProbeResult result = probing.probe(server.url("/"), SHORT);

    assertThat(result.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(result.statusCode()).hasValue(200);
    assertThat(result.phases()).containsKey(Phase.TRANSFER);
  }

  @Test
  void processing_ends_at_the_first_byte_of_the_answer() {
    server.on("/", rawAndHold("HTTP/1.1 2"));

    assertThat(probing.probe(server.url("/"), SHORT).phases()).containsKey(Phase.TRANSFER);
  }

  @Test
  void a_refused_connection_is_refused() throws Exception {
    int unused;
    try (ServerSocket socket = new ServerSocket(0)) {
      unused = socket.getLocalPort();
    }

    ProbeResult result = probing.probe("http://127.0.0.1:" + unused);

    assertThat(result.reason()).isEqualTo(Reason.REFUSED);
    assertThat(result.phases()).containsOnlyKeys(Phase.CONNECT);
    assertThat(result.measures()).doesNotContainKey(Measure.HTTP_SSL);
  }

  @Test
  void an_address_without_a_route_is_unreachable() {
    // A broadcast address: connecting a stream socket to it fails at once, without a packet.
    ProbeResult result = probing.probe("http://255.255.255.255:9/");

    assertThat(result.reason()).isEqualTo(Reason.UNREACHABLE);
  }

  @Test
  void a_name_that_does_not_exist_is_dns() {
    // RFC 6761 section 6.4
    ProbeResult result = probing.probe("http://nowhere.invalid/");

    assertThat(result.reason()).isEqualTo(Reason.DNS);
    assertThat(result.phases()).containsOnlyKeys(Phase.RESOLVE);
  }

  @Test
  void a_name_is_resolved_and_the_time_measured() {
    server.on("/", answer(200, ""));

    ProbeResult result = probing.probe(server.url("localhost", "/"));

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.phases()).containsKey(Phase.RESOLVE);
    assertThat(result.measures()).containsKey(Measure.DNS_LOOKUP_TIME);
  }

  @Test
  void localhost_is_up_where_only_ipv6_listens() {
    try (ScriptedTarget v6 = ScriptedTarget.http(vertx, "::1")) {
      v6.on("/", answer(200, ""));

      ProbeResult result = probing.probe(v6.url("localhost", "/"));

      assertThat(result.reason()).isEqualTo(Reason.OK);
      assertThat(result.measures()).containsEntry(Measure.IP_PROTOCOL, 6.0);
      assertThat(probing.probe(v6.url("[::1]", "/")).reason()).isEqualTo(Reason.OK);
      assertThat(v6.requests().get(1)).contains("host: [::1]:" + v6.port());
    }
  }

  @Test
  void an_address_that_may_not_be_dialled_is_blocked_and_nothing_is_sent() {
    AddressFilter noLoopback = new AddressFilter(List.of(), List.of(Network.parse("127.0.0.0/8")));

    ProbeResult result = probing.probe(Probing.target(server.url("/")), noLoopback);

    assertThat(result.reason()).isEqualTo(Reason.BLOCKED);
    assertThat(result.phases()).isEmpty();
    assertThat(server.accepted()).isZero();
  }

  @Test
  void a_connection_that_ends_without_an_answer_is_reset() {
    server.on("/closed", raw("")).on("/reset", reset("")).on("/half", raw("HTTP/1.1 200 OK\r\nA"));

    assertThat(probing.probe(server.url("/closed")).reason()).isEqualTo(Reason.RESET);
    assertThat(probing.probe(server.url("/reset")).reason()).isEqualTo(Reason.RESET);
    assertThat(probing.probe(server.url("/half")).reason()).isEqualTo(Reason.RESET);
  }

  @Test
  void a_truncated_body_is_reset_and_its_status_known() {
    server
        .on("/length", raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"))
        .on("/chunked", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"))
        .on("/reset", reset("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"));

    for (String path : List.of("/length", "/chunked", "/reset")) {
      ProbeResult result = probing.probe(server.url(path));
      assertThat(result.reason()).as(path).isEqualTo(Reason.RESET);
      assertThat(result.statusCode()).as(path).isEqualTo(OptionalInt.of(200));
    }
  }

  @Test
  void a_body_may_end_with_the_connection_or_come_in_chunks() {
    server
        .on("/close", raw("HTTP/1.0 200 OK\r\n\r\nhello"))
        .on(
            "/chunks",
            raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"));

    ProbeResult untilClose = probing.probe(server.url("/close"));
    ProbeResult chunks = probing.probe(server.url("/chunks"));

    assertThat(untilClose.reason()).isEqualTo(Reason.OK);
    assertThat(untilClose.measures())
        .containsEntry(Measure.HTTP_VERSION, 1.0)
        .containsEntry(Measure.HTTP_CONTENT_LENGTH, -1.0)
        .containsEntry(Measure.HTTP_UNCOMPRESSED_BODY_LENGTH, 5.0);
    assertThat(chunks.measures()).containsEntry(Measure.HTTP_UNCOMPRESSED_BODY_LENGTH, 5.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n1",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
      })
  void what_is_not_http_is_protocol(String bytes) {
    server.on("/", rawAndHold(bytes));

    assertThat(probing.probe(server.url("/")).reason()).isEqualTo(Reason.PROTOCOL);
  }

  @Test
  void headers_are_bounded() {
    server.on("/", rawAndHold("HTTP/1.1 200 OK\r\nA: " + "a".repeat(100_000)));

    assertThat(probing.probe(server.url("/")).reason()).isEqualTo(Reason.PROTOCOL);
  }

  @Test
  void large_headers_within_the_bound_are_fine() {
    server.on("/", answer(200, "", "A: " + "a".repeat(50_000)));

    assertThat(probing.probe(server.url("/")).reason()).isEqualTo(Reason.OK);
  }

  @Test
  void interim_answers_are_skipped_and_switching_protocols_is_final() {
    server
        .on(
            "/hints",
            raw(
                "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
        .on("/switch", rawAndHold("HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"));

    assertThat(probing.probe(server.url("/hints")).statusCode()).hasValue(200);
    assertThat(probing.probe(server.url("/switch")).statusCode()).hasValue(101);
  }

  @Test
  void a_head_request_has_no_body_to_wait_for() {
    server.on("/", rawAndHold("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"));
    HttpOptions head = Probing.http("HEAD", Map.of(), Optional.empty(), List.of(), true);

    ProbeResult result = probing.probe(server.url("/"), head);

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.measures()).containsEntry(Measure.HTTP_CONTENT_LENGTH, 10.0);
  }

  @Test
  void a_defect_is_internal_and_harms_nothing_else() {
    HttpOptions broken = Probing.http("NOT A METHOD", Map.of(), Optional.empty(), List.of(), true);
    server.on("/", answer(200, ""));

    assertThat(probing.probe(server.url("/"), broken).reason()).isEqualTo(Reason.INTERNAL);
    assertThat(probing.probe(server.url("/")).reason()).isEqualTo(Reason.OK);
  }
}
