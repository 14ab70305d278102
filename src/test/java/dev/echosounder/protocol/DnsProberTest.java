package dev.echosounder.protocol;

import static dev.echosounder.testing.DnsScript.record;
import static dev.echosounder.testing.DnsScript.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.re2j.Pattern;
import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.DnsOptions;
import dev.echosounder.settings.DnsOptions.Records;
import dev.echosounder.settings.DnsOptions.Transport;
import dev.echosounder.settings.IpChoice;
import dev.echosounder.settings.TlsOptions;
import dev.echosounder.testing.Authority;
import dev.echosounder.testing.DnsScript;
import dev.echosounder.testing.DnsServer;
import dev.echosounder.testing.Probing;
import dev.echosounder.testing.TalkingTarget;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class DnsProberTest {

  private static final Duration SHORT = Duration.ofMillis(400);
  private static final String SOA = "ns.test. root.test. 2026112401 7200 3600 1209600 300";

  private final Vertx vertx = Vertx.vertx();
  private final DnsServer server = DnsServer.start();
  private Probing probing;

  @BeforeEach
  void start() throws Exception {
    probing = new Probing(vertx, Optional.empty());
  }

  @AfterEach
  void stop() {
    server.close();
    Waiting.on(vertx.close());
  }

  private static DnsOptions options(
      Transport transport, String name, int type, Set<Integer> rcodes, Records answer) {
    return new DnsOptions(
        IpChoice.DEFAULT,
        Optional.empty(),
        transport,
        TlsOptions.DEFAULT,
        new DnsOptions.Question(name, type, DClass.IN, true),
        rcodes,
        answer,
        Records.ANY,
        Records.ANY);
  }

  private static DnsOptions options(Transport transport, String name, int type) {
    return options(transport, name, type, Set.of(Rcode.NOERROR), Records.ANY);
  }

  private static Records noneMatching(String pattern) {
    return new Records(List.of(), List.of(), List.of(), List.of(Pattern.compile(pattern)));
  }

  private ProbeResult probe(DnsOptions options) {
    return probing.probe("127.0.0.1:" + server.port(), options);
  }

  private ProbeResult probe(String name, int type) {
    return probe(options(Transport.UDP, name, type));
  }

  private ProbeResult probeShortly(Transport transport, String name) {
    return probing.probe("127.0.0.1:" + server.port(), options(transport, name, Type.A), SHORT);
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"UDP", "TCP"})
  void an_answer_is_up_with_its_phases_and_counts(Transport transport) {
    server.on(
        "a.test",
        Type.A,
        DnsScript.answer(
            answer -> {
              answer.addRecord(record("a.test", Type.A, "192.0.2.1"), Section.ANSWER);
              answer.addRecord(record("a.test", Type.A, "192.0.2.2"), Section.ANSWER);
              answer.addRecord(record("test", Type.NS, "ns.test."), Section.AUTHORITY);
              answer.addRecord(record("ns.test", Type.A, "192.0.2.3"), Section.ADDITIONAL);
              answer.addRecord(record("ns.test", Type.AAAA, "::3"), Section.ADDITIONAL);
              answer.addRecord(record("x.test", Type.AAAA, "::4"), Section.ADDITIONAL);
            }));

    ProbeResult result = probe(options(transport, "a.test.", Type.A));

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.phases()).containsOnlyKeys(Phase.CONNECT, Phase.PROCESSING);
    assertThat(result.measures())
        .containsEntry(Measure.DNS_QUERY_SUCCEEDED, 1.0)
        .containsEntry(Measure.DNS_ANSWER_RRS, 2.0)
        .containsEntry(Measure.DNS_AUTHORITY_RRS, 1.0)
        .containsEntry(Measure.DNS_ADDITIONAL_RRS, 3.0)
        .containsEntry(Measure.IP_PROTOCOL, 4.0)
        .doesNotContainKey(Measure.DNS_SERIAL);
  }

  @Test
  void an_answer_over_tls_is_up() throws Exception {
    Authority authority = new Authority();
    try (DnsServer secure = DnsServer.startTls(authority.issue("127.0.0.1"))) {
      secure.addresses("a.test", "192.0.2.1");
      probing = new Probing(vertx, Optional.of(authority.trusted()));

      ProbeResult result =
          probing.probe("127.0.0.1:" + secure.port(), options(Transport.TLS, "a.test", Type.A));

      assertThat(result.reason()).isEqualTo(Reason.OK);
      assertThat(result.phases()).containsOnlyKeys(Phase.CONNECT, Phase.TLS, Phase.PROCESSING);
      assertThat(result.measures()).containsKey(Measure.SSL_EARLIEST_CERT_EXPIRY);
    }
  }

  @Test
  void the_question_is_sent_as_configured_and_without_edns() {
    server.on(
        "a.test",
        Type.MX,
        query -> {
          boolean asked =
              query.message().getHeader().getFlag(Flags.RD)
                  && query.message().getOPT() == null
                  && query.message().getQuestion().getDClass() == DClass.IN;
          DnsScript.rcode(asked ? Rcode.NOERROR : Rcode.FORMERR).play(query);
        });

    assertThat(probe("A.test", Type.MX).reason()).isEqualTo(Reason.OK);
    assertThat(server.questions()).containsExactly("udp A.test MX");
  }

  @Test
  void a_name_beyond_ascii_is_asked_after_in_its_ascii_form() {
    probe("bücher.test", Type.A);

    assertThat(server.questions()).containsExactly("udp xn--bcher-kva.test A");
  }

  @Test
  void a_name_that_does_not_exist_is_down_unless_the_module_says_otherwise() {
    ProbeResult result = probe("none.test", Type.A);

    assertThat(result.reason()).isEqualTo(Reason.STATUS);
    assertThat(result.measures())
        .containsEntry(Measure.DNS_QUERY_SUCCEEDED, 1.0)
        .containsEntry(Measure.DNS_ANSWER_RRS, 0.0);
    Set<Integer> codes = Set.of(Rcode.NXDOMAIN, Rcode.REFUSED);
    assertThat(probe(options(Transport.UDP, "none.test", Type.A, codes, Records.ANY)).reason())
        .isEqualTo(Reason.OK);
  }

  @Test
  void a_refusal_may_leave_out_the_question() {
    server.on(
        "a.test",
        Type.A,
        DnsScript.answer(
            answer -> {
              answer.removeAllRecords(Section.QUESTION);
              answer.getHeader().setRcode(Rcode.REFUSED);
            }));

    assertThat(probe("a.test", Type.A).reason()).isEqualTo(Reason.STATUS);
  }

  @Test
  void records_are_matched_in_the_form_of_a_zone_file() {
    server.on("a.test", Type.MX, records(record("a.test", Type.MX, "10 mail.test.")));

    Records exact = noneMatching("^a\\.test\\.\t300\tIN\tMX\t10 mail\\.test\\.$");
    Records other = noneMatching("20 mail");
    Set<Integer> good = Set.of(Rcode.NOERROR);

    assertThat(probe(options(Transport.UDP, "a.test", Type.MX, good, exact)).reason())
        .isEqualTo(Reason.OK);
    assertThat(probe(options(Transport.UDP, "a.test", Type.MX, good, other)).reason())
        .isEqualTo(Reason.ASSERTION);
  }

  @Test
  void authority_and_additional_have_rules_of_their_own() {
    server.on(
        "a.test",
        Type.A,
        DnsScript.answer(
            answer -> answer.addRecord(record("test", Type.NS, "ns.test."), Section.AUTHORITY)));
    DnsOptions plain = options(Transport.UDP, "a.test", Type.A);

    assertThat(probe(with(plain, noneMatching("ns"), Records.ANY)).reason()).isEqualTo(Reason.OK);
    assertThat(probe(with(plain, noneMatching("x"), Records.ANY)).reason())
        .isEqualTo(Reason.ASSERTION);
    assertThat(probe(with(plain, Records.ANY, noneMatching("ns"))).reason())
        .isEqualTo(Reason.ASSERTION);
  }

  private static DnsOptions with(DnsOptions options, Records authority, Records additional) {
    return new DnsOptions(
        options.ip(),
        options.source(),
        options.transport(),
        options.tls(),
        options.question(),
        options.validRcodes(),
        options.answer(),
        authority,
        additional);
  }

  @Test
  void the_serial_of_a_zone_is_told_where_its_soa_is_asked_for() {
    server.on("test", Type.SOA, records(record("test", Type.SOA, SOA)));

    assertThat(probe("test", Type.SOA).measures())
        .containsEntry(Measure.DNS_SERIAL, 2_026_112_401.0);
  }

  @Test
  void a_truncated_answer_is_judged_as_it_is_and_not_asked_for_again() {
    server.on("a.test", Type.A, DnsScript.truncatedOverUdp(DnsScript.rcode(Rcode.SERVFAIL)));

    ProbeResult result = probe("a.test", Type.A);

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.measures()).containsEntry(Measure.DNS_ANSWER_RRS, 0.0);
    assertThat(server.questions()).containsExactly("udp a.test A");
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"UDP", "TCP"})
  void an_answer_may_be_large(Transport transport) {
    server.on(
        "a.test",
        Type.A,
        DnsScript.answer(
            answer -> {
              for (int i = 0; i < 500; i++) {
                answer.addRecord(
                    record("a.test", Type.A, "10.1." + i / 250 + "." + i % 250), Section.ANSWER);
              }
            }));

    assertThat(probe(options(transport, "a.test", Type.A)).measures())
        .containsEntry(Measure.DNS_ANSWER_RRS, 500.0);
  }

  @Test
  void silence_is_a_timeout() {
    server.on("a.test", Type.A, DnsScript.silent());

    ProbeResult result = probeShortly(Transport.UDP, "a.test");

    assertThat(result.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(result.phases()).containsOnlyKeys(Phase.CONNECT, Phase.PROCESSING);
    assertThat(result.measures())
        .containsEntry(Measure.DNS_QUERY_SUCCEEDED, 0.0)
        .doesNotContainKey(Measure.DNS_ANSWER_RRS);
  }

  @Test
  void datagrams_that_do_not_answer_the_question_are_passed_over() throws Exception {
    Name other = Name.fromString("other.test.");
    server.on(
        "a.test",
        Type.A,
        query -> {
          query.reply().send(Buffer.buffer("x"));
          DnsScript.garbage().play(query);
          query.reply().send(wire(query.answer(), query.message().getHeader().getID() ^ 1));
          query.reply().send(Buffer.buffer(query.message().toWire()));
          Message elsewhere = query.answer();
          elsewhere.removeAllRecords(Section.QUESTION);
          elsewhere.addRecord(
              org.xbill.DNS.Record.newRecord(other, Type.A, DClass.IN), Section.QUESTION);
          query.reply().send(Buffer.buffer(elsewhere.toWire()));
          records(record("a.test", Type.A, "192.0.2.1")).play(query);
        });

    ProbeResult result = probe("a.test", Type.A);

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.measures()).containsEntry(Measure.DNS_ANSWER_RRS, 1.0);
  }

  private static Buffer wire(Message message, int id) {
    message.getHeader().setID(id);
    return Buffer.buffer(message.toWire());
  }

  @Test
  void datagrams_that_answer_nothing_do_not_extend_the_deadline() {
    server.on("a.test", Type.A, query -> DnsScript.garbage().play(query));

    assertThat(probeShortly(Transport.UDP, "a.test").reason()).isEqualTo(Reason.TIMEOUT);
  }

  @Test
  void garbage_with_the_right_id_is_a_failure_of_the_protocol() {
    server.on(
        "a.test",
        Type.A,
        query -> {
          Buffer answer = Buffer.buffer(query.answer().toWire()).setShort(6, (short) 9);
          query.reply().send(answer.appendString("garbage"));
        });

    assertThat(probe("a.test", Type.A).reason()).isEqualTo(Reason.PROTOCOL);
    assertThat(probe(options(Transport.TCP, "a.test", Type.A)).reason()).isEqualTo(Reason.PROTOCOL);
  }

  @Test
  void over_tcp_an_answer_to_another_question_is_a_failure_of_the_protocol() {
    server.on(
        "a.test",
        Type.A,
        query -> query.reply().send(wire(query.answer(), query.message().getHeader().getID() ^ 1)));

    assertThat(probe(options(Transport.TCP, "a.test", Type.A)).reason()).isEqualTo(Reason.PROTOCOL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\0", "\0\60half"})
  void over_tcp_an_end_before_the_whole_answer_is_a_reset(String part) {
    try (TalkingTarget target = TalkingTarget.plain(vertx)) {
      target.greet(socket -> socket.end(Buffer.buffer(part)));

      assertThat(
              probing
                  .probe(target.hostAndPort(), options(Transport.TCP, "a.test", Type.A))
                  .reason())
          .isEqualTo(Reason.RESET);
      await().untilAsserted(() -> assertThat(target.open()).isZero());
    }
  }

  @Test
  void a_port_where_nothing_listens_is_refused_over_udp() throws Exception {
    int unused;
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      unused = socket.getLocalPort();
    }

    assertThat(
            probing.probe("127.0.0.1:" + unused, options(Transport.UDP, "a.test", Type.A)).reason())
        .isEqualTo(Reason.REFUSED);
  }

  @Test
  void a_name_that_cannot_be_asked_after_is_down() {
    assertThat(probe("a..test", Type.A).reason()).isEqualTo(Reason.PROTOCOL);
  }
}
