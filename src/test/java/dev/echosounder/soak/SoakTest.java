package dev.echosounder.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.hostile.FaultyTargets;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two services, one in the clear and one behind TLS and passwords, under mixed load for half an
 * hour: good and hostile clients, good and faulty targets, reloads. Netty follows every buffer.
 *
 * <p>Run with {@code mvn -B -Psoak verify}; {@code -Dechosounder.soak=PT5M} makes it shorter. What
 * it finds is written to {@code target/soak.md} as it goes on.
 */
@Tag("soak")
class SoakTest {

  private static final Duration SPAN =
      Duration.parse(System.getProperty("echosounder.soak", "PT30M"));
  private static final Duration SAMPLED = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int HEAP_COUNTS = 30;
  private static final int GOOD = 100;

  @TempDir private Path directory;

  @Test
  void nothing_leaks_nothing_grows_and_no_good_request_fails() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (GoodTargets good = new GoodTargets(vertx, directory);
        FaultyTargets faulty = new FaultyTargets(vertx);
        SoakedService clear = clear(good, faulty);
        SoakedService secure = secure(good)) {
      List<SoakedService> services = List.of(clear, secure);
      for (SoakedService service : services) {
        service.warmUp();
      }
      clear.load(good, 20, List.of(SocketFactory.getDefault()));
      secure.load(good, 100, List.of(SocketFactory.getDefault(), trusting()));
      soak(services);
      for (SoakedService service : services) {
        service.quieten();
      }
      for (SoakedService service : services) {
        await().atMost(PATIENCE).pollInterval(SAMPLED.dividedBy(5)).until(service::isAsBefore);
        service.provokeLeakReports();
        System.out.printf("%s: before %s, after %s%n", service.name, service.before, service.now());
        assertThat(service.stop()).isZero();
      }
      judge(services);
    } finally {
      Waiting.on(vertx.close());
    }
  }

  private SoakedService clear(GoodTargets good, FaultyTargets faulty) throws Exception {
    Path own = Files.createDirectory(directory.resolve("clear"));
    String modules = good.modules() + FaultyTargets.MODULES;
    return new SoakedService(
        "clear",
        own,
        new ConfigurationFiles(own, false, modules, good.yaml(GOOD), faulty.yaml(30, 1)),
        good);
  }

  private SoakedService secure(GoodTargets good) throws Exception {
    Path own = Files.createDirectory(directory.resolve("secure"));
    List<String> targets = good.yaml(GOOD);
    return new SoakedService(
        "secure",
        own,
        new ConfigurationFiles(
            own,
            true,
            good.modules(),
            targets.subList(0, GOOD / 2),
            targets.subList(GOOD / 2, GOOD)),
        good);
  }

  private static SocketFactory trusting() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustAll[] {new TrustAll()}, null);
    return context.getSocketFactory();
  }

  private static void soak(List<SoakedService> services) throws Exception {
    long begin = System.nanoTime();
    long spacing = Math.max(SAMPLED.toNanos(), SPAN.toNanos() / HEAP_COUNTS);
    long heapCounts = 0;
    for (long next = SAMPLED.toNanos(); next <= SPAN.toNanos(); next += SAMPLED.toNanos()) {
      Thread.sleep(Duration.ofNanos(Math.max(0, begin + next - System.nanoTime())).toMillis());
      boolean countHeap = next / spacing > heapCounts;
      heapCounts = next / spacing;
      for (SoakedService service : services) {
        service.sample(Duration.ofNanos(next).toSeconds(), countHeap);
      }
      SoakReport.write("Soak of " + SPAN, services);
    }
  }

  private static void judge(List<SoakedService> services) throws IOException {
    SoftAssertions softly = new SoftAssertions();
    for (SoakedService service : services) {
      judge(softly, service);
    }
    softly.assertAll();
  }

  private static void judge(SoftAssertions softly, SoakedService service) throws IOException {
    softly.assertThat(service.outcomes.failures()).as("%s: failures", service.name).isEmpty();
    List<String> unexpected = service.unexpected();
    Files.write(Path.of("target", "soak-" + service.name + ".log"), unexpected);
    softly
        .assertThat(unexpected.stream().limit(3))
        .as("%s: unexpected lines of the log, in target/soak-%<s.log", service.name)
        .isEmpty();
    softly.assertThat(service.goodTargetsDown).as("%s: down", service.name).isEmpty();
    for (Flatness one : Flatness.ALL) {
      softly
          .assertThat(one.of(service.samples))
          .as("%s: %s", service.name, one.what())
          .matches(Flatness.Medians::flat, "flat");
    }
  }
}
