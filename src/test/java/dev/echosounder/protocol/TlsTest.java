package dev.echosounder.protocol;

import static dev.echosounder.testing.ScriptedTarget.answer;
import static dev.echosounder.testing.ScriptedTarget.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.testing.Authority;
import dev.echosounder.testing.Identity;
import dev.echosounder.testing.Probing;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {

  private static Authority authority;
  private static Identity good;

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Vertx vertx = Vertx.vertx();
  private Probing probing;

  @BeforeAll
  static void issue() throws Exception {
    authority = new Authority();
    good = authority.issue("localhost", "127.0.0.1");
  }

  @BeforeEach
  void start() throws Exception {
    probing = new Probing(vertx, Optional.of(authority.trusted()));
  }

  @AfterEach
  void stop() {
    Waiting.on(vertx.close());
  }

  private ScriptedTarget https(Identity identity, String... protocols) {
    return ScriptedTarget.https(vertx, identity, protocols).on("/", answer(200, "hello"));
  }

  private ProbeResult probe(Identity identity) {
    try (ScriptedTarget server = https(identity)) {
      ProbeResult result = probing.probe(server.url("localhost", "/"));
      await().untilAsserted(() -> assertThat(server.open()).isZero());
      return result;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1"})
  void a_good_certificate_is_up_by_name_and_by_address(String host) {
    try (ScriptedTarget server = https(good)) {
      ProbeResult result = probing.probe(server.url(host, "/"));

      assertThat(result.reason()).isEqualTo(Reason.OK);
      assertThat(result.phases())
          .containsKeys(Phase.CONNECT, Phase.TLS, Phase.PROCESSING, Phase.TRANSFER);
      assertThat(result.measures()).containsEntry(Measure.HTTP_SSL, 1.0);
    }
  }

  @Test
  void the_earliest_expiry_of_the_chain_is_measured() throws Exception {
    Instant soon = now.plusSeconds(60_000);
    Instant late = authority.expiry().plusSeconds(60_000);

    ProbeResult leafFirst = probe(authority.issue(now.minusSeconds(60), soon, "localhost"));
    ProbeResult authorityFirst = probe(authority.issue(now.minusSeconds(60), late, "localhost"));

    assertThat(leafFirst.measures())
        .containsEntry(Measure.SSL_EARLIEST_CERT_EXPIRY, (double) soon.getEpochSecond());
    assertThat(authorityFirst.measures())
        .containsEntry(
            Measure.SSL_EARLIEST_CERT_EXPIRY, (double) authority.expiry().getEpochSecond());
  }

  @Test
  void an_expired_certificate_is_tls_expired_and_its_expiry_measured() throws Exception {
    Instant yesterday = now.minusSeconds(86_400);

    ProbeResult result = probe(authority.issue(yesterday.minusSeconds(60), yesterday, "localhost"));

    assertThat(result.reason()).isEqualTo(Reason.TLS_EXPIRED);
    assertThat(result.phases()).containsOnlyKeys(Phase.RESOLVE, Phase.CONNECT, Phase.TLS);
    assertThat(result.measures())
        .containsEntry(Measure.SSL_EARLIEST_CERT_EXPIRY, (double) yesterday.getEpochSecond());
  }

  @Test
  void a_certificate_of_tomorrow_is_tls_expired() throws Exception {
    Instant tomorrow = now.plusSeconds(86_400);

    assertThat(probe(authority.issue(tomorrow, tomorrow.plusSeconds(60), "localhost")).reason())
        .isEqualTo(Reason.TLS_EXPIRED);
  }

  @Test
  void a_host_that_no_certificate_can_name_is_tls_hostname() throws Exception {
    try (ScriptedTarget server = https(good)) {
      assertThat(probing.probe(server.url("my_shop.localhost", "/")).reason())
          .isEqualTo(Reason.TLS_HOSTNAME);
    }
  }

  @Test
  void a_certificate_of_another_host_is_tls_hostname() throws Exception {
    ProbeResult result = probe(authority.issue("example.org"));

    assertThat(result.reason()).isEqualTo(Reason.TLS_HOSTNAME);
    assertThat(result.measures()).containsKey(Measure.SSL_EARLIEST_CERT_EXPIRY);
  }

  @Test
  void a_certificate_of_an_unknown_authority_is_tls() throws Exception {
    assertThat(probe(new Authority().issue("localhost")).reason()).isEqualTo(Reason.TLS);
    assertThat(probe(new Authority().issue("example.org")).reason()).isEqualTo(Reason.TLS);
  }

  @Test
  void nothing_is_sent_to_a_server_whose_certificate_is_refused() throws Exception {
    try (ScriptedTarget server = https(new Authority().issue("localhost"))) {
      probing.probe(server.url("localhost", "/"));

      await().untilAsserted(() -> assertThat(server.open()).isZero());
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void no_session_is_resumed() {
    try (ScriptedTarget server = https(good, "TLSv1.2")) {
      assertThat(probing.probe(server.url("localhost", "/")).up()).isTrue();
      assertThat(probing.probe(server.url("localhost", "/")).up()).isTrue();

      assertThat(server.sessions()).hasSize(2).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void a_new_certificate_shows_in_the_next_probe(String protocol) throws Exception {
    Instant later = now.plusSeconds(70_000);
    try (ScriptedTarget server = https(good, protocol)) {
      probing.probe(server.url("localhost", "/"));

      server.rotate(authority.issue(now.minusSeconds(60), later, "localhost"));

      assertThat(probing.probe(server.url("localhost", "/")).measures())
          .containsEntry(Measure.SSL_EARLIEST_CERT_EXPIRY, (double) later.getEpochSecond());
    }
  }

  @Test
  void no_common_protocol_is_tls() {
    try (ScriptedTarget plain = ScriptedTarget.http(vertx)) {
      String alert = "\u0015\u0003\u0003\u0000\u0002\u0002F";
      plain.greet(socket -> raw(alert).play(socket));

      ProbeResult result = probing.probe(plain.url("/").replace("http:", "https:"));

      assertThat(result.reason()).isEqualTo(Reason.TLS);
    }
  }

  @Test
  void plain_http_on_the_port_is_tls() {
    try (ScriptedTarget plain = ScriptedTarget.http(vertx)) {
      plain.greet(socket -> raw("HTTP/1.1 400 Bad Request\r\n\r\n").play(socket));

      ProbeResult result = probing.probe(plain.url("/").replace("http:", "https:"));

      assertThat(result.reason()).isEqualTo(Reason.TLS);
    }
  }

  @Test
  void a_peer_that_leaves_during_the_handshake_is_reset() {
    try (ScriptedTarget plain = ScriptedTarget.http(vertx)) {
      String url = plain.url("/").replace("http:", "https:");

      plain.greet(NetSocket::close);
      assertThat(probing.probe(url).reason()).isEqualTo(Reason.RESET);

      plain.greet(ScriptedTarget::resetNow);
      assertThat(probing.probe(url).reason()).isEqualTo(Reason.RESET);
    }
  }

  @Test
  void a_handshake_that_stalls_is_a_timeout() {
    try (ScriptedTarget plain = ScriptedTarget.http(vertx)) {
      String url = plain.url("/").replace("http:", "https:");

      ProbeResult result = probing.probe(url, Duration.ofMillis(300));

      assertThat(result.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(result.phases()).containsOnlyKeys(Phase.CONNECT, Phase.TLS);
      await().untilAsserted(() -> assertThat(plain.open()).isZero());
    }
  }
}
