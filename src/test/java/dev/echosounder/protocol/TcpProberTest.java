package dev.echosounder.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.re2j.Pattern;
import dev.echosounder.bus.Info;
import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.IpChoice;
import dev.echosounder.settings.TcpOptions;
import dev.echosounder.settings.TcpOptions.Step;
import dev.echosounder.settings.TlsOptions;
import dev.echosounder.testing.Authority;
import dev.echosounder.testing.Identity;
import dev.echosounder.testing.Probing;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.TalkingTarget;
import dev.echosounder.testing.Waiting;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpProberTest {

  private static final Duration SHORT = Duration.ofMillis(400);

  private static Authority authority;
  private static Identity identity;

  private final Vertx vertx = Vertx.vertx();
  private final TalkingTarget server = TalkingTarget.plain(vertx);
  private Probing probing;

  @BeforeAll
  static void issue() throws Exception {
    authority = new Authority();
    identity = authority.issue("localhost", "127.0.0.1");
  }

  @BeforeEach
  void start() throws Exception {
    probing = new Probing(vertx, Optional.of(authority.trusted()));
  }

  @AfterEach
  void every_connection_is_closed() {
    await().untilAsserted(() -> assertThat(server.open()).isZero());
    Waiting.on(vertx.close());
  }

  private static Step expect(String pattern) {
    return new Step(Optional.of(Pattern.compile(pattern)), Optional.empty(), Map.of(), "", false);
  }

  private static Step expect(String pattern, Map<String, String> labels, String send) {
    return new Step(Optional.of(Pattern.compile(pattern)), Optional.empty(), labels, send, false);
  }

  private static Step expectBytes(String bytes) {
    return new Step(Optional.empty(), Optional.of(bytes), Map.of(), "", false);
  }

  private static Step send(String text) {
    return new Step(Optional.empty(), Optional.empty(), Map.of(), text, false);
  }

  private static Step startTls() {
    return new Step(Optional.empty(), Optional.empty(), Map.of(), "", true);
  }

  private static TcpOptions options(boolean secure, Step... dialogue) {
    return new TcpOptions(
        IpChoice.DEFAULT, Optional.empty(), secure, TlsOptions.DEFAULT, List.of(dialogue));
  }

  private ProbeResult probe(Step... dialogue) {
    return probing.probe(server.hostAndPort(), options(false, dialogue));
  }

  @Test
  void a_connection_is_up_with_its_phase_and_the_ip_version() {
    ProbeResult result = probe();

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.phases()).containsOnlyKeys(Phase.CONNECT);
    assertThat(result.measures()).containsEntry(Measure.IP_PROTOCOL, 4.0);
  }

  @Test
  void a_refused_connection_is_refused() throws Exception {
    int unused;
    try (ServerSocket socket = new ServerSocket(0)) {
      unused = socket.getLocalPort();
    }

    assertThat(probing.probe("127.0.0.1:" + unused, options(false)).reason())
        .isEqualTo(Reason.REFUSED);
  }

  @Test
  void a_banner_that_matches_is_up() {
    server.greet("SSH-2.0-OpenSSH_9.2p1\r\n");

    ProbeResult result = probe(expect("^SSH-2\\.0-"));

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.phases()).containsOnlyKeys(Phase.CONNECT, Phase.PROCESSING);
    assertThat(result.measures())
        .containsEntry(Measure.FAILED_DUE_TO_REGEX, 0.0)
        .doesNotContainKey(Measure.FAILED_DUE_TO_BYTES);
  }

  @Test
  void lines_that_do_not_match_are_skipped() {
    server.greet("220-welcome\n220-to\n220 mail\n");

    assertThat(probe(expect("^220 ")).reason()).isEqualTo(Reason.OK);
  }

  @Test
  void a_line_is_matched_without_its_carriage_return() {
    server.greet("ready\r\n");

    assertThat(probe(expect("^ready$")).reason()).isEqualTo(Reason.OK);
  }

  @Test
  void a_last_line_needs_no_newline() {
    server.greet(socket -> socket.end(Buffer.buffer("ready")));

    assertThat(probe(expect("^ready$")).reason()).isEqualTo(Reason.OK);
  }

  @Test
  void what_comes_in_pieces_is_one_line() {
    server.greet(
        socket -> socket.write("rea").onComplete(sent -> vertx.setTimer(50, t -> rest(socket))));

    assertThat(probe(expect("^ready$")).reason()).isEqualTo(Reason.OK);
  }

  private static void rest(NetSocket socket) {
    socket.write("dy\n");
  }

  @Test
  void an_end_before_any_line_that_matches_is_a_failed_assertion_due_to_the_expression() {
    server.greet(socket -> socket.end(Buffer.buffer("421 go away\r\n")));

    ProbeResult result = probe(expect("^220 "));

    assertThat(result.reason()).isEqualTo(Reason.ASSERTION);
    assertThat(result.measures()).containsEntry(Measure.FAILED_DUE_TO_REGEX, 1.0);
  }

  @Test
  void silence_is_a_timeout() {
    ProbeResult result =
        probing.probe(server.hostAndPort(), options(false, expect("^220 ")), SHORT);

    assertThat(result.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(result.phases()).containsOnlyKeys(Phase.CONNECT, Phase.PROCESSING);
  }

  @Test
  void lines_that_keep_dripping_do_not_extend_the_deadline() {
    server.greet(
        socket -> {
          long timer = vertx.setPeriodic(20, tick -> socket.write("no\n"));
          socket.endHandler(end -> vertx.cancelTimer(timer));
        });

    assertThat(probing.probe(server.hostAndPort(), options(false, expect("^yes")), SHORT).reason())
        .isEqualTo(Reason.TIMEOUT);
  }

  @Test
  void lines_without_end_are_too_much_at_a_mebibyte() {
    server.greet(socket -> flood(socket, Buffer.buffer("no\n".repeat(10_000))));

    assertThat(probe(expect("^yes")).reason()).isEqualTo(Reason.BODY_LIMIT);
  }

  @Test
  void a_line_without_end_is_a_failure_of_the_protocol() {
    server.greet(socket -> flood(socket, Buffer.buffer("x".repeat(10_000))));

    assertThat(probe(expect("^yes")).reason()).isEqualTo(Reason.PROTOCOL);
  }

  private static void flood(NetSocket socket, Buffer bytes) {
    socket.write(bytes).onSuccess(sent -> flood(socket, bytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {65_535, 65_536})
  void a_line_may_have_64_kib_with_its_newline(int length) {
    server.greet("x".repeat(length) + "\nready\n");

    assertThat(probe(expect("^ready")).reason())
        .isEqualTo(length == 65_535 ? Reason.OK : Reason.PROTOCOL);
  }

  @Test
  void a_reset_is_a_reset_even_where_a_line_is_expected() {
    server.greet(
        socket -> socket.write("220-\n").onComplete(sent -> ScriptedTarget.resetNow(socket)));

    ProbeResult result = probe(expect("^220 "));

    assertThat(result.reason()).isEqualTo(Reason.RESET);
    assertThat(result.measures()).doesNotContainKey(Measure.FAILED_DUE_TO_REGEX);
  }

  @Test
  void what_is_said_has_groups_of_the_match_in_it_and_a_newline() {
    server.greet("PING 4711 now\n").on("PONG 4711", socket -> socket.write("ok\n"));

    assertThat(probe(expect("^PING (?P<id>\\d+)", Map.of(), "PONG ${id}"), expect("^ok")).reason())
        .isEqualTo(Reason.OK);
    assertThat(server.lines()).containsExactly("PONG 4711");
  }

  @Test
  void what_is_said_without_a_match_is_said_as_it_is() {
    server.on("a $1 b", socket -> socket.write("ok\n"));

    assertThat(probe(send("a $1 b"), expect("ok")).reason()).isEqualTo(Reason.OK);
  }

  @Test
  void lines_that_came_early_are_there_for_the_next_step() {
    server.greet("one\ntwo\nthree\n");

    assertThat(probe(expect("one"), expect("three")).reason()).isEqualTo(Reason.OK);
  }

  @Test
  void labels_tell_what_was_matched() {
    server.greet("SSH-2.0-OpenSSH_9.2p1 Debian\r\n");

    ProbeResult result =
        probe(
            expect(
                "^SSH-([0-9.]+)-(?P<software>\\S+)",
                Map.of("version", "$1", "software", "is $software", "none", "${7}"),
                ""));

    assertThat(result.infos().get(Info.EXPECT))
        .isEqualTo(Map.of("version", "2.0", "software", "is OpenSSH_9.2p1", "none", ""));
  }

  @Test
  void a_label_has_a_kibibyte_at_most() {
    server.greet("x".repeat(5000) + "\n");

    ProbeResult result = probe(expect("(x+)", Map.of("all", "$1"), ""));

    assertThat(result.infos().get(Info.EXPECT)).containsEntry("all", "x".repeat(1024));
  }

  @Test
  void bytes_that_come_next_as_expected_are_up() {
    server.greet("\0\1hello");

    ProbeResult result = probe(expectBytes("\0\1hel"), expectBytes("lo"));

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.measures())
        .containsEntry(Measure.FAILED_DUE_TO_BYTES, 0.0)
        .doesNotContainKey(Measure.FAILED_DUE_TO_REGEX);
  }

  @Test
  void bytes_after_a_line_are_those_after_its_newline() {
    server.greet("line\nbytes");

    assertThat(probe(expect("line"), expectBytes("bytes")).reason()).isEqualTo(Reason.OK);
  }

  @Test
  void other_bytes_are_a_failed_assertion_as_soon_as_one_is_there() {
    server.greet("he");

    ProbeResult result = probe(expectBytes("hallo"));

    assertThat(result.reason()).isEqualTo(Reason.ASSERTION);
    assertThat(result.measures()).containsEntry(Measure.FAILED_DUE_TO_BYTES, 1.0);
  }

  @Test
  void an_end_before_all_bytes_is_a_failed_assertion() {
    server.greet(socket -> socket.end(Buffer.buffer("he")));

    assertThat(probe(expectBytes("hello")).reason()).isEqualTo(Reason.ASSERTION);
  }

  @Test
  void a_peer_that_has_ended_its_half_is_still_spoken_to() {
    server.greet(
        socket -> {
          socket.write("bye");
          shutDownOutput(socket);
        });

    assertThat(probe(expect("bye"), send("QUIT")).reason()).isEqualTo(Reason.OK);
    await().untilAsserted(() -> assertThat(server.lines()).containsExactly("QUIT"));
  }

  private static void shutDownOutput(NetSocket socket) {
    Channel channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
    channel.eventLoop().execute(((DuplexChannel) channel)::shutdownOutput);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void tls_from_the_first_byte_is_up_with_a_banner_right_after_the_handshake(String protocol) {
    try (TalkingTarget secure = TalkingTarget.secure(vertx, identity, protocol)) {
      secure.greet("ready\n");

      ProbeResult result = probing.probe(secure.hostAndPort(), options(true, expect("^ready")));

      assertThat(result.reason()).isEqualTo(Reason.OK);
      assertThat(result.phases()).containsOnlyKeys(Phase.CONNECT, Phase.TLS, Phase.PROCESSING);
      assertThat(result.measures()).containsKey(Measure.SSL_EARLIEST_CERT_EXPIRY);
      await().untilAsserted(() -> assertThat(secure.open()).isZero());
    }
  }

  @Test
  void an_end_of_tls_is_an_end() {
    try (TalkingTarget secure = TalkingTarget.secure(vertx, identity, "TLSv1.3")) {
      secure.greet(NetSocket::close);

      assertThat(probing.probe(secure.hostAndPort(), options(true, expect("^ready"))).reason())
          .isEqualTo(Reason.ASSERTION);
    }
  }

  @Test
  void tls_that_fails_is_tls() throws Exception {
    Identity other = new Authority().issue("127.0.0.1");
    try (TalkingTarget secure = TalkingTarget.secure(vertx, other, "TLSv1.3")) {
      assertThat(probing.probe(secure.hostAndPort(), options(true)).reason()).isEqualTo(Reason.TLS);
      await().untilAsserted(() -> assertThat(secure.open()).isZero());
    }
  }

  @Test
  void a_mail_server_is_up_with_starttls() {
    mailServer("220 2.0.0 go ahead\r\n");

    ProbeResult result = probe(smtp());

    assertThat(result.reason()).isEqualTo(Reason.OK);
    await()
        .untilAsserted(
            () ->
                assertThat(server.lines())
                    .containsExactly("EHLO prober\r", "STARTTLS\r", "EHLO prober\r", "QUIT\r"));
    assertThat(result.phases()).containsOnlyKeys(Phase.CONNECT, Phase.TLS, Phase.PROCESSING);
    assertThat(result.measures()).containsKey(Measure.SSL_EARLIEST_CERT_EXPIRY);
  }

  @Test
  void bytes_that_were_put_in_before_starttls_are_a_failure_of_the_protocol() {
    mailServer("220 2.0.0 go ahead\r\n250 injected\r\n");

    assertThat(probe(smtp()).reason()).isEqualTo(Reason.PROTOCOL);
  }

  @Test
  void an_end_before_starttls_is_a_reset() {
    server
        .greet("220 mail\r\n")
        .on("STARTTLS", socket -> socket.end(Buffer.buffer("220 go ahead\r\n")));

    assertThat(probe(expect("^220"), send("STARTTLS"), expect("^220"), startTls()).reason())
        .isEqualTo(Reason.RESET);
  }

  private void mailServer(String goAhead) {
    server
        .greet("220-mail.example\r\n220 ESMTP\r\n")
        .on("EHLO prober\r", s -> s.write("250-mail.example\r\n250-STARTTLS\r\n250 HELP\r\n"))
        .on("STARTTLS\r", socket -> TalkingTarget.startTls(socket, goAhead, identity))
        .on("QUIT\r", NetSocket::close);
  }

  private static Step[] smtp() {
    return new Step[] {
      expect("^220 ([^ ]+) ESMTP|^220 ESMTP", Map.of(), "EHLO prober\r"),
      expect("^250-STARTTLS", Map.of(), "STARTTLS\r"),
      expect("^220"),
      startTls(),
      send("EHLO prober\r"),
      expect("^250 ", Map.of(), "QUIT\r")
    };
  }
}
