package dev.echosounder.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.Reason;
import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.IpChoice;
import dev.echosounder.settings.IpChoice.Family;
import dev.echosounder.testing.DnsScript;
import dev.echosounder.testing.DnsServer;
import dev.echosounder.testing.Probing;
import dev.echosounder.testing.Waiting;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class ResolverTest {

  private static final IpChoice ONLY_4 = new IpChoice(Family.IP4, false);
  private static final IpChoice ONLY_6 = new IpChoice(Family.IP6, false);
  private static final IpChoice FIRST_4 = new IpChoice(Family.IP4, true);
  private static final IpChoice FIRST_6 = new IpChoice(Family.IP6, true);

  private final DnsServer dns = DnsServer.start();
  private Vertx vertx;
  private ContextInternal context;
  private Resolver resolver;

  @BeforeEach
  void start() {
    start(1000);
  }

  private void start(long queryTimeoutMs) {
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setAddressResolverOptions(
                    new AddressResolverOptions()
                        .addServer("127.0.0.1:" + dns.port())
                        .setHostsValue(Buffer.buffer("127.0.0.9 hosts.test Also\n"))
                        .setSearchDomains(List.of("search.test"))
                        .setNdots(1)
                        .setQueryTimeout(queryTimeoutMs)));
    context = (ContextInternal) vertx.getOrCreateContext();
    resolver = new Resolver(context);
  }

  @AfterEach
  void stop() {
    stop(vertx);
    dns.close();
  }

  private static void stop(Vertx vertx) {
    Waiting.on(vertx.close());
  }

  private Future<List<String>> ask(
      String host, IpChoice ip, Duration timeout, Optional<InetAddress> pinned) {
    Promise<List<InetAddress>> answer = Promise.promise();
    context.runOnContext(
        now -> {
          Deadline deadline = new Deadline(vertx, timeout);
          Visit open =
              Visit.to(
                  Probing.target("http://pinned.test/"),
                  AddressFilter.ANY,
                  deadline,
                  Timeline.off());
          Visit visit =
              new Visit(
                  open.target(),
                  open.dialable(),
                  deadline,
                  open.findings(),
                  pinned,
                  Optional.empty());
          deadline
              .bound(resolver.resolve(host, ip, visit))
              .onComplete(end -> deadline.end())
              .onComplete(answer);
        });
    return answer.future().map(found -> found.stream().map(NetUtil::toAddressString).toList());
  }

  private List<String> resolve(String host, IpChoice ip) {
    return Waiting.on(ask(host, ip, Probing.LONG, Optional.empty()));
  }

  private Reason failure(String host, IpChoice ip, Duration timeout) {
    Throwable cause =
        Waiting.on(
            ask(host, ip, timeout, Optional.empty())
                .transform(end -> Future.succeededFuture(end.cause())));
    return ((ProbeFailure) cause).reason();
  }

  private Reason failure(String host, IpChoice ip) {
    return failure(host, ip, Probing.LONG);
  }

  @Test
  void the_preferred_family_comes_first_and_without_fallback_alone() {
    dns.addresses("both.test", "127.0.0.2", "127.0.0.3", "::1", "::2");

    assertThat(resolve("both.test", FIRST_6))
        .containsExactly("::1", "::2", "127.0.0.2", "127.0.0.3");
    assertThat(resolve("both.test", FIRST_4))
        .containsExactly("127.0.0.2", "127.0.0.3", "::1", "::2");
    assertThat(resolve("both.test", ONLY_6)).containsExactly("::1", "::2");
    assertThat(resolve("both.test", ONLY_4)).containsExactly("127.0.0.2", "127.0.0.3");
  }

  @Test
  void the_preferred_family_comes_first_where_its_answer_is_the_slower_one() {
    dns.addresses("slow.test", "127.0.0.2", "::1")
        .on("slow.test", Type.AAAA, DnsScript.delayed(300, DnsScript.addresses(List.of("::1"))));

    assertThat(resolve("slow.test", FIRST_6)).containsExactly("::1", "127.0.0.2");
  }

  @Test
  void a_preferred_family_that_has_answered_does_not_wait_for_a_silent_one() {
    dns.addresses("half.test", "127.0.0.2").on("half.test", Type.AAAA, DnsScript.silent());

    stop(vertx);
    start(2 * Probing.LONG.toMillis());

    assertThat(resolve("half.test", FIRST_4)).containsExactly("127.0.0.2");
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.NXDOMAIN, Rcode.SERVFAIL, Rcode.REFUSED, Rcode.NOERROR})
  void with_fallback_the_other_family_serves_where_the_preferred_one_fails(int rcode) {
    dns.addresses("four.test", "127.0.0.2").on("four.test", Type.AAAA, DnsScript.rcode(rcode));

    assertThat(resolve("four.test", FIRST_6)).containsExactly("127.0.0.2");
    assertThat(failure("four.test", ONLY_6)).isEqualTo(Reason.DNS);
  }

  @Test
  void with_fallback_the_other_family_serves_where_the_preferred_one_is_silent() {
    dns.addresses("four.test", "127.0.0.2").on("four.test", Type.AAAA, DnsScript.silent());

    assertThat(resolve("four.test", FIRST_6)).containsExactly("127.0.0.2");
  }

  @Test
  void without_fallback_only_one_family_is_asked_for() {
    dns.addresses("both.test", "127.0.0.2", "::1");

    resolve("both.test", ONLY_6);

    assertThat(dns.questions()).containsExactly("udp both.test AAAA");
  }

  @Test
  void a_name_that_does_not_exist_or_that_no_server_answers_for_is_dns() {
    dns.on("broken.test", Type.A, DnsScript.rcode(Rcode.SERVFAIL))
        .on("broken.test", Type.AAAA, DnsScript.rcode(Rcode.SERVFAIL))
        .on("silent.test", Type.A, DnsScript.silent())
        .on("silent.test", Type.AAAA, DnsScript.silent())
        .on("garbage.test", Type.A, DnsScript.garbage())
        .on("garbage.test", Type.AAAA, DnsScript.garbage())
        .addresses("empty.test");

    for (String host :
        List.of("none.test", "broken.test", "silent.test", "garbage.test", "empty.test")) {
      assertThat(failure(host, FIRST_6)).as(host).isEqualTo(Reason.DNS);
    }
  }

  @Test
  void a_lookup_ends_with_the_deadline_and_is_a_timeout_then() {
    dns.on("silent.test", Type.A, DnsScript.silent())
        .on("silent.test", Type.AAAA, DnsScript.silent());

    assertThat(failure("silent.test", FIRST_6, Duration.ofMillis(200))).isEqualTo(Reason.TIMEOUT);
  }

  @Test
  void each_probe_asks_anew() {
    dns.addresses("moved.test", "127.0.0.2");
    assertThat(resolve("moved.test", FIRST_4)).containsExactly("127.0.0.2");

    dns.addresses("moved.test", "127.0.0.3");
    assertThat(resolve("moved.test", FIRST_4)).containsExactly("127.0.0.3");

    dns.close();
    assertThat(failure("moved.test", FIRST_4)).isEqualTo(Reason.DNS);
  }

  @Test
  void a_truncated_answer_is_asked_for_again_over_tcp() {
    dns.on(
        "many.test",
        Type.A,
        DnsScript.truncatedOverUdp(DnsScript.addresses(List.of("127.0.0.2", "127.0.0.3"))));

    assertThat(resolve("many.test", ONLY_4)).containsExactly("127.0.0.2", "127.0.0.3");
    assertThat(dns.questions()).containsExactly("udp many.test A", "tcp many.test A");
  }

  @Test
  void aliases_are_followed() {
    dns.addresses("real.test", "127.0.0.2")
        .on(
            "alias.test",
            Type.A,
            DnsScript.records(DnsScript.record("alias.test", Type.CNAME, "real.test.")));

    assertThat(resolve("alias.test", ONLY_4)).containsExactly("127.0.0.2");
  }

  @Test
  void a_name_with_few_dots_is_looked_for_in_the_search_domains_first() {
    dns.addresses("shop.search.test", "127.0.0.2")
        .addresses("shop", "127.0.0.3")
        .addresses("shop.test", "127.0.0.4")
        .addresses("shop.test.search.test", "127.0.0.5")
        .addresses("cart.here.search.test", "127.0.0.6");

    assertThat(resolve("shop", ONLY_4)).containsExactly("127.0.0.2");
    assertThat(resolve("shop.", ONLY_4)).containsExactly("127.0.0.3");
    assertThat(resolve("shop.test", ONLY_4)).containsExactly("127.0.0.4");
    assertThat(resolve("cart.here", ONLY_4)).containsExactly("127.0.0.6");
    assertThat(failure("cart.here.", ONLY_4)).isEqualTo(Reason.DNS);
  }

  @Test
  void the_hosts_file_decides_for_the_names_it_has() {
    dns.addresses("hosts.test", "127.0.0.2", "::1");

    assertThat(resolve("hosts.test", FIRST_6)).containsExactly("127.0.0.9");
    assertThat(resolve("HOSTS.test.", FIRST_6)).containsExactly("127.0.0.9");
    assertThat(resolve("also", FIRST_6)).containsExactly("127.0.0.9");
    assertThat(failure("hosts.test", ONLY_6)).isEqualTo(Reason.DNS);
    assertThat(dns.questions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LocalHost", "my_shop.localhost"})
  void localhost_is_this_host_without_a_question(String host) {
    assertThat(resolve(host, FIRST_6)).containsExactly("::1", "127.0.0.1");
    assertThat(resolve(host, FIRST_4)).containsExactly("127.0.0.1", "::1");
    assertThat(resolve(host, ONLY_4)).containsExactly("127.0.0.1");
    assertThat(resolve(host, ONLY_6)).containsExactly("::1");
    assertThat(dns.questions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, IP4, 127.0.0.1", "::1, IP6, ::1", "::ffff:127.0.0.1, IP4, 127.0.0.1"})
  void a_literal_is_one_address_and_of_the_other_family_none(
      String host, Family family, String address) {
    Family other = family == Family.IP4 ? Family.IP6 : Family.IP4;

    assertThat(resolve(host, new IpChoice(family, false))).containsExactly(address);
    assertThat(resolve(host, new IpChoice(other, true))).containsExactly(address);
    assertThat(failure(host, new IpChoice(other, false))).isEqualTo(Reason.DNS);
  }

  @Test
  void a_pinned_address_is_the_answer_for_the_target_and_for_no_other_host() throws Exception {
    Optional<InetAddress> pinned = Optional.of(InetAddress.getByName("127.0.0.7"));
    dns.addresses("pinned.test", "127.0.0.2").addresses("elsewhere.test", "127.0.0.3");

    assertThat(Waiting.on(ask("pinned.test", ONLY_6, Probing.LONG, pinned)))
        .containsExactly("127.0.0.7");
    assertThat(Waiting.on(ask("elsewhere.test", ONLY_4, Probing.LONG, pinned)))
        .containsExactly("127.0.0.3");
    assertThat(dns.questions()).containsExactly("udp elsewhere.test A");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_lookup_that_the_deadline_ends_leaves_no_socket_behind() throws Exception {
    dns.on("silent.test", Type.A, DnsScript.silent())
        .on("silent.test", Type.AAAA, DnsScript.silent());
    stop(vertx);
    start(2 * Probing.LONG.toMillis());
    resolve("localhost", FIRST_6);
    long before = openFiles();

    List<Future<List<String>>> lookups =
        IntStream.range(0, 50)
            .mapToObj(i -> ask("silent.test", FIRST_6, Duration.ofMillis(500), Optional.empty()))
            .toList();
    Waiting.on(Future.join(lookups).otherwiseEmpty());

    assertThat(dns.questions()).hasSizeGreaterThan(10);
    await().untilAsserted(() -> assertThat(openFiles()).isLessThan(before + 10));
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }
}
