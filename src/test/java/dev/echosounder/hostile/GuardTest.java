package dev.echosounder.hostile;

import static dev.echosounder.testing.ScriptedTarget.answer;
import static dev.echosounder.testing.ScriptedTarget.redirect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.hostile.Spellings.Meaning;
import dev.echosounder.hostile.Spellings.Spelling;
import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.HostRule;
import dev.echosounder.settings.HostText;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Target;
import dev.echosounder.testing.Configured;
import dev.echosounder.testing.DnsScript;
import dev.echosounder.testing.DnsServer;
import dev.echosounder.testing.OutcomeTable;
import dev.echosounder.testing.Probing;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.Waiting;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.dns.AddressResolverOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Who may be dialled: by every prober, at every hop, however it is spelled. */
class GuardTest {

  private static final AddressFilter NO_LOOPBACK =
      deny("127.0.0.0/8", "::1", "denied.test", "*.below.test", "bücher.test");

  @TempDir Path directory;

  private final Vertx hostile = Vertx.vertx();
  private final DnsServer dns = DnsServer.start();
  private final ScriptedTarget allowed = ScriptedTarget.http(hostile, "127.0.0.1");
  private final ScriptedTarget denied = ScriptedTarget.http(hostile, "127.0.0.66");
  private Vertx vertx;
  private Probing probing;

  @BeforeEach
  void start() throws Exception {
    Spellings.serve(dns);
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setAddressResolverOptions(
                    new AddressResolverOptions()
                        .addServer("127.0.0.1:" + dns.port())
                        .setSearchDomains(List.of())));
    probing = new Probing(vertx, Optional.empty());
    denied.otherwise(answer(200, "secret"));
  }

  @AfterEach
  void stop() {
    Waiting.on(vertx.close());
    Waiting.on(hostile.close());
    dns.close();
  }

  private static AddressFilter deny(String... rules) {
    return new AddressFilter(List.of(), Stream.of(rules).map(HostRule::parse).toList());
  }

  private Reason reason(Target target, AddressFilter filter) {
    return probing.probe(target, filter).reason();
  }

  @Test
  void every_spelling_of_a_denied_host_is_blocked_and_no_packet_is_sent() throws Exception {
    ScriptedTarget any = ScriptedTarget.http(hostile, "::").otherwise(answer(200, "up"));
    OutcomeTable table = new OutcomeTable("Spellings", "kind", "host", "is", "outcome");
    List<String> wrong = new ArrayList<>();
    for (Spelling spelling : Spellings.all()) {
      String outcome = outcome("http://" + spelling.host() + ":" + any.port() + "/");
      table.row(spelling.kind(), spelling.host(), spelling.meaning(), outcome);
      boolean blocked = outcome.equals("blocked");
      if (blocked != (spelling.meaning() == Meaning.BLOCKED)) {
        wrong.add(spelling + " was " + outcome);
      }
    }
    table.write("spellings.md");

    assertThat(Spellings.all()).hasSizeGreaterThanOrEqualTo(60);
    assertThat(wrong).isEmpty();
    assertThat(any.accepted()).isZero();
    assertThat(dns.questions())
        .noneMatch(question -> question.matches(".*(denied|bcher|a\\.below).*"));
  }

  private String outcome(String url) {
    try {
      return reason(Probing.target(url), NO_LOOPBACK).label();
    } catch (IllegalArgumentException e) {
      return "no URL";
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.1",
    "2130706433",
    "0x7f.1",
    "0177.0.0.1",
    "127.0.0.1.",
    "[::ffff:7f00:1]",
    "１２７.0.0.1"
  })
  void where_it_may_be_dialled_a_spelling_leads_there_and_is_sent_on_as_the_address_itself(
      String host) {
    allowed.otherwise(answer(200, "up"));

    ProbeResult result = probing.probe("http://" + host + ":" + allowed.port() + "/");

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(allowed.requests().get(0))
        .contains("\r\nhost: 127.0.0.1:" + allowed.port() + "\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "169.254.169.254 | false",
        "169.254.0.1 | false",
        "2852039166 | false",
        "0xa9fea9fe | false",
        "0251.0376.0251.0376 | false",
        "169.254.43518 | false",
        "::ffff:169.254.169.254 | false",
        "::ffff:a9fe:a9fe | false",
        "::a9fe:a9fe | false",
        "64:ff9b::169.254.169.254 | false",
        "64:ff9b:1::a9fe:a9fe | false",
        "2002:a9fe:a9fe:: | false",
        "100.100.100.200 | false",
        "168.63.129.16 | false",
        "192.0.0.192 | false",
        "fe80::1 | false",
        "fe80::1%eth0 | false",
        "febf:ffff::1 | false",
        "fd00:ec2::254 | false",
        "fd00:0ec2:0:0:0:0:0:0254 | false",
        "fd20:ce::254 | false",
        "fd00:42::42 | false",
        "10.0.0.1 | true",
        "172.16.0.1 | true",
        "192.168.1.1 | true",
        "100.64.0.1 | true",
        "127.0.0.1 | true",
        "::1 | true",
        "fd00::1 | true",
        "93.184.216.34 | true",
        "64:ff9b::10.0.0.1 | true",
      })
  void by_default_link_local_and_metadata_addresses_are_denied_and_private_ones_are_not(
      String host, boolean permitted) throws IOException {
    AddressFilter byDefault = Configured.by(vertx, directory, "urls: []\n").prober().dialable();

    assertThat(byDefault.permits(host, address(host))).isEqualTo(permitted);
  }

  private static InetAddress address(String host) {
    return HostText.address(host).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "10.0.0.0/8 | - | a.test | 10.0.0.1 | true",
        "10.0.0.0/8 | - | a.test | 11.0.0.1 | false",
        "10.0.0.0/8 | - | a.test | 64:ff9b::a00:1 | true",
        "10.0.0.0/8 | - | a.test | 2002:a00:1:: | false",
        "a.test | - | a.test | 11.0.0.1 | true",
        "a.test | - | b.test | 11.0.0.1 | false",
        "*.test | - | a.test | 11.0.0.1 | true",
        "*.test | - | test | 11.0.0.1 | false",
        "10.0.0.0/8,a.test | - | b.test | 10.0.0.1 | true",
        "10.0.0.0/8,a.test | - | a.test | 11.0.0.1 | true",
        "a.test | 11.0.0.0/8 | a.test | 11.0.0.1 | false",
        "a.test | 11.0.0.0/8 | a.test | 64:ff9b::b00:1 | false",
        "10.0.0.0/8 | a.test | a.test | 10.0.0.1 | false",
        "10.0.0.0/8 | *.test | b.a.test | 10.0.0.1 | false",
        "0.0.0.0 | - | a.test | 0.0.0.0 | false",
        "0.0.0.0,127.0.0.1 | - | a.test | 0.0.0.0 | true",
        "a.test | - | a.test | 0.0.0.0 | true",
      })
  void a_host_is_allowed_by_its_name_or_its_address_and_denied_by_either(
      String allow, String deny, String host, String address, boolean permitted) {
    AddressFilter filter = new AddressFilter(rules(allow), rules(deny));

    assertThat(filter.permits(host, address(address))).isEqualTo(permitted);
  }

  private static List<HostRule> rules(String text) {
    return text == null ? List.of() : Stream.of(text.split(",")).map(HostRule::parse).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "http, 'http://%s:%d/', {}",
    "tcp, '%s:%d', {}",
    "grpc, '%s:%d', {}",
    "dns, '%s:%d', '{query_name: a.test}'",
    "dns, '%s:%d', '{query_name: a.test, transport_protocol: tcp}'",
    "dns, '%s:%d', '{query_name: a.test, transport_protocol: tcp, dns_over_tls: true}'",
  })
  void no_prober_sends_a_packet_to_what_is_denied(String prober, String url, String options)
      throws IOException {
    AtomicInteger datagrams = new AtomicInteger();
    DatagramSocket udp =
        hostile.createDatagramSocket().handler(packet -> datagrams.incrementAndGet());
    Waiting.on(udp.listen(denied.port(), "127.0.0.66"));
    dns.addresses("inside.test", "127.0.0.66").addresses("named.test", "127.0.0.1");

    for (String host : List.of("127.0.0.66", "127.0.66", "inside.test", "named.test")) {
      String yaml =
          """
          prober: {deny: [127.0.0.66, named.test]}
          modules: {m: {prober: %s, %s: %s}}
          targets: [{url: "%s", module: m}]
          """
              .formatted(prober, prober, options, url.formatted(host, denied.port()));
      Settings settings = Configured.by(vertx, directory, yaml);
      assertThat(reason(settings.targets().get(0), settings.prober().dialable()))
          .as(host)
          .isEqualTo(Reason.BLOCKED);
    }
    assertThat(denied.accepted()).isZero();
    assertThat(datagrams).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.66:%d/",
    "http://127.66:%d/",
    "http://0x7f000042:%d/",
    "//127.0.0.66:%d/",
    "http://[::ffff:127.0.0.66]:%d/",
    "http://inside.test:%d/",
    "http://named.test:%d/",
    "HTTP://INSIDE.TEST.:%d/",
    "https://127.0.0.66:%d/",
    "http://user:x@127.0.0.66:%d/",
  })
  void a_redirect_is_checked_like_the_first_hop(String location) {
    dns.addresses("inside.test", "127.0.0.66").addresses("named.test", "127.0.0.1");
    allowed.on("/", redirect(302, location.formatted(denied.port())));

    assertThat(reason(Probing.target(allowed.url("/")), deny("127.0.0.66", "named.test")))
        .isEqualTo(Reason.BLOCKED);
    assertThat(denied.accepted()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.66", "inside.test", "named.test", "127.0x42"})
  void a_token_endpoint_and_a_proxy_are_checked_too(String host) throws IOException {
    dns.addresses("inside.test", "127.0.0.66").addresses("named.test", "127.0.0.66");
    allowed.otherwise(answer(200, ""));
    String place = "http://%s:%d/".formatted(host, denied.port());
    String yaml =
        """
        prober: {deny: [127.0.0.66, named.test]}
        modules:
          token: {prober: http, http: {oauth2: {client_id: a, client_secret: b, token_url: "%1$s"}}}
          proxy: {prober: http, http: {proxy_url: "%1$s"}}
          tunnel: {prober: http, http: {proxy_url: "%1$s", skip_resolve_phase_with_proxy: true}}
        targets:
          - {url: "%2$s", module: token, name: a}
          - {url: "%2$s", module: proxy, name: b}
          - {url: "%2$s", module: tunnel, name: c}
        """
            .formatted(place, allowed.url("/"));
    Settings settings = Configured.by(vertx, directory, yaml);

    for (Target target : settings.targets()) {
      assertThat(reason(target, settings.prober().dialable()))
          .as(target.module().name())
          .isEqualTo(Reason.BLOCKED);
    }
    assertThat(denied.accepted() + allowed.accepted()).isZero();
  }

  @Test
  void a_name_that_is_left_to_a_proxy_is_still_checked_as_a_name() throws IOException {
    String yaml =
        """
        prober: {deny: [named.test]}
        modules: {m: {prober: http, http: {proxy_url: "%s", skip_resolve_phase_with_proxy: true}}}
        targets: [{url: "http://Named.test./", module: m}]
        """
            .formatted(allowed.url("/"));
    Settings settings = Configured.by(vertx, directory, yaml);

    assertThat(reason(settings.targets().get(0), settings.prober().dialable()))
        .isEqualTo(Reason.BLOCKED);
    assertThat(allowed.accepted()).isZero();
  }

  @Test
  void what_was_checked_is_what_is_dialled_though_the_name_server_changes_its_mind() {
    AtomicInteger asked = new AtomicInteger();
    DnsScript flip =
        query ->
            DnsScript.addresses(
                    List.of(asked.incrementAndGet() % 2 == 1 ? "127.0.0.1" : "127.0.0.66"))
                .play(query);
    dns.on("flip.test", Type.A, flip);
    allowed.otherwise(answer(200, ""));
    Target target = Probing.target("http://flip.test:" + allowed.port() + "/");

    List<Reason> reasons =
        Stream.generate(() -> reason(target, deny("127.0.0.66"))).limit(6).toList();

    assertThat(reasons).containsOnly(Reason.OK, Reason.BLOCKED);
    assertThat(asked).hasValue(6);
    assertThat(allowed.accepted()).isEqualTo(3);
    assertThat(denied.accepted()).isZero();
  }

  @Test
  void of_two_addresses_the_one_that_is_not_denied_is_dialled() {
    dns.addresses("both.test", "127.0.0.66", "127.0.0.1");
    allowed.otherwise(answer(200, ""));

    Target target = Probing.target("http://both.test:" + allowed.port() + "/");

    assertThat(reason(target, deny("127.0.0.66"))).isEqualTo(Reason.OK);
    assertThat(denied.accepted()).isZero();
  }

  @Test
  void a_referral_of_a_name_server_is_not_followed() throws Exception {
    AtomicInteger datagrams = new AtomicInteger();
    DatagramSocket other =
        hostile.createDatagramSocket().handler(packet -> datagrams.incrementAndGet());
    assumeTrue(
        listens(other.listen(53, "127.0.0.66")),
        "port 53 cannot be had, which a referral leads to");
    dns.on(
        "a.referred.test",
        Type.A,
        DnsScript.answer(
            answer -> {
              answer.addRecord(
                  DnsScript.record("referred.test", Type.NS, "ns.referred.test."),
                  Section.AUTHORITY);
              answer.addRecord(
                  DnsScript.record("ns.referred.test", Type.A, "127.0.0.66"), Section.ADDITIONAL);
            }));

    assertThat(reason(Probing.target("http://a.referred.test/"), AddressFilter.ANY))
        .isEqualTo(Reason.DNS);
    assertThat(datagrams).hasValue(0);
  }

  @Test
  void a_rule_is_shown_as_it_is_meant() {
    assertThat(rules("10.0.0.0/8,*.Example.ORG.,bücher.test").toString())
        .isEqualTo("[10.0.0.0/8, *.example.org, xn--bcher-kva.test]");
    assertThat(NetUtil.toAddressString(address("0x7f.1"))).isEqualTo("127.0.0.1");
  }

  private static boolean listens(Future<?> listening) {
    return Waiting.on(listening.transform(end -> Future.succeededFuture(end.succeeded())));
  }

  @Test
  void the_lines_of_the_page_deny_private_addresses() throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("docs", "security-model.md")).stream()
            .filter(line -> line.startsWith("prober: {") || line.startsWith("probe_endpoint: {"))
            .toList();

    assertThat(lines).hasSize(2);
    for (String line : lines) {
      Settings settings = Configured.by(vertx, directory, line + "\n");
      AddressFilter both = settings.prober().dialable().and(settings.probeEndpoint().dialable());
      assertThat(
              Stream.of("10.0.0.1", "172.31.0.1", "192.168.0.1", "100.64.0.1", "127.0.0.1", "::1")
                  .filter(host -> both.permits(host, address(host))))
          .isEmpty();
      assertThat(
              Stream.of("fd00::1", "fd00:ec2::254", "169.254.169.254", "fe80::1", "100.100.100.200")
                  .filter(host -> both.permits(host, address(host))))
          .isEmpty();
      assertThat(both.permits("", address("93.184.216.34"))).isTrue();
    }
  }
}
