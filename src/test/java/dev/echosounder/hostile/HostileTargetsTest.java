package dev.echosounder.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.Nothing;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.ProberTotals;
import dev.echosounder.probe.ProberVerticle;
import dev.echosounder.testing.Authority;
import dev.echosounder.testing.Configured;
import dev.echosounder.testing.DnsServer;
import dev.echosounder.testing.OutcomeTable;
import dev.echosounder.testing.Waiting;
import dev.echosounder.tracing.ProbeSpans;
import io.netty.util.internal.PlatformDependent;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scheduled prober among targets of which each but one does it some harm. */
class HostileTargetsTest {

  private static final int FAULTS = 60;
  private static final int ANSWERS = 150;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long HEAP_MAY_GROW = 64 << 20;
  private static final int DESCRIPTORS_MAY_GROW = 8;

  @TempDir Path directory;

  private final Vertx hostile = Vertx.vertx();
  private final RawTargets targets = new RawTargets(hostile);
  private final DnsServer dns = DnsServer.start();
  private final Map<String, ProbeResult> results = new ConcurrentHashMap<>();
  private final AtomicInteger good = new AtomicInteger();
  private final AtomicInteger notGood = new AtomicInteger();
  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setAddressResolverOptions(
                  new AddressResolverOptions()
                      .addServer("127.0.0.1:" + dns.port())
                      .setSearchDomains(List.of())));
  private final Bus bus = Bus.install(vertx);
  private String goodTarget;
  private long mostDirect;

  @AfterEach
  void stop() {
    Waiting.on(vertx.close());
    Waiting.on(hostile.close());
    dns.close();
  }

  @Test
  void every_fault_ends_with_its_reason_and_touches_nothing_else() throws Exception {
    Authority authority = new Authority();
    try (DeadPorts dead = new DeadPorts()) {
      List<Fault> faults = faults(dead, authority);
      List<Fault> answers = HostileAnswers.of(targets, dns);
      assertThat(faults).hasSizeGreaterThanOrEqualTo(FAULTS);
      assertThat(answers).hasSizeGreaterThanOrEqualTo(ANSWERS);
      start(authority);
      long descriptors = descriptors();
      long heap = heap();

      Map<Fault, String> outcomes = new LinkedHashMap<>();
      long began = System.nanoTime();
      List<Fault> all = Stream.concat(faults.stream(), answers.stream()).toList();
      all.stream().filter(Fault::staysOn).forEach(fault -> outcomes.put(fault, "none"));
      probe(outcomes, true);
      all.stream().filter(fault -> !fault.staysOn()).forEach(fault -> outcomes.put(fault, "none"));
      probe(outcomes, false);
      double seconds = (System.nanoTime() - began) / 1e9;
      tell(outcomes, seconds);

      assertThat(outcomes)
          .allSatisfy((fault, out) -> assertThat(out).as("%s", fault).isEqualTo(expected(fault)));
      goesOn(descriptors, heap);
    }
  }

  private List<Fault> faults(DeadPorts dead, Authority authority) throws Exception {
    List<Fault> faults = new ArrayList<>();
    faults.addAll(PlainFaults.of(targets, dead.closed(), dead.full()));
    faults.addAll(HttpFaults.of(targets));
    faults.addAll(TlsFaults.of(targets, authority));
    faults.addAll(NameFaults.of(targets, dns));
    return faults;
  }

  private void start(Authority authority) throws Exception {
    int port = targets.http(RawTargets.end("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood"));
    goodTarget =
        "  - {name: good, url: \"http://127.0.0.1:%d/\", interval: 500ms}\n".formatted(port);
    bus.listen(Address.PROBE_RESULTS, told -> told.verdicts().forEach(this::take));
    Optional<KeyStore> trusted = Optional.of(authority.trusted());
    Waiting.on(vertx.deployVerticle(new ProberVerticle("test", trusted, ProbeSpans.OFF)));
    configure(List.of());
    await().until(() -> good.get() > 3);
  }

  private void take(ProbeResult result) {
    String name = result.target().name().orElseThrow();
    if (!name.equals("good")) {
      results.put(name, result);
    } else {
      (result.up() ? good : notGood).incrementAndGet();
    }
  }

  private void configure(List<Fault> faults) throws IOException {
    StringBuilder yaml = new StringBuilder("query_interval_in_seconds: 3600\nmodules:\n");
    yaml.append(HttpFaults.MODULES).append(PlainFaults.MODULES);
    yaml.append("targets:\n").append(goodTarget);
    for (int i = 0; i < faults.size(); i++) {
      yaml.append(faults.get(i).yaml(i));
    }
    bus.publish(Address.SETTINGS, Configured.by(vertx, directory, yaml.toString()));
  }

  private void probe(Map<Fault, String> outcomes, boolean stayingOn) throws IOException {
    List<Fault> faults =
        outcomes.keySet().stream().filter(fault -> fault.staysOn() == stayingOn).toList();
    results.clear();
    configure(faults);
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              mostDirect = Math.max(mostDirect, PlatformDependent.usedDirectMemory());
              return results.size() >= faults.size();
            });
    for (int i = 0; i < faults.size(); i++) {
      ProbeResult result = results.get("f" + i);
      outcomes.put(
          faults.get(i), result.reason().label() + " | " + result.duration().toMillis() + " ms");
    }
  }

  private static String expected(Fault fault) {
    return fault.reason().label();
  }

  private void tell(Map<Fault, String> outcomes, double seconds) throws IOException {
    ProberTotals totals =
        Waiting.on(bus.request(Address.PROBER_TOTALS, Nothing.INSTANCE, PATIENCE));
    OutcomeTable table =
        new OutcomeTable("Hostile targets", "speaks", "does", "expected", "outcome", "after");
    outcomes.replaceAll(
        (fault, outcome) -> {
          String[] parts = outcome.split(" \\| ", 2);
          table.row(fault.kind(), fault.name(), expected(fault), parts[0], parts[1]);
          return parts[0];
        });
    table.section("Beside them", "figure", "value");
    table.row("faults and answers", outcomes.size());
    table.row("seconds in all", seconds);
    table.row("probes of the good target, up", good.get());
    table.row("probes of the good target, down", notGood.get());
    double lag = totals.lag().sumSeconds() / totals.lag().count();
    table.row("start of a probe after its turn, mean, ms", 1e3 * lag);
    table.row("most direct memory, MiB", mostDirect >> 20);
    table.write("hostile-targets.md");
  }

  private void goesOn(long descriptors, long heap) throws IOException {
    configure(List.of());
    int then = good.get();
    await().atMost(PATIENCE).until(() -> good.get() > then + 3);
    await().atMost(PATIENCE).until(() -> targets.open() <= 1);
    await().atMost(PATIENCE).until(() -> descriptors() <= descriptors + DESCRIPTORS_MAY_GROW);
    await().atMost(PATIENCE).until(() -> heap() < heap + HEAP_MAY_GROW);
  }

  private static long descriptors() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
