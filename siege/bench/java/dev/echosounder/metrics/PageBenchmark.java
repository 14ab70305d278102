package dev.echosounder.metrics;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Page;
import dev.echosounder.bus.Scrape;
import dev.echosounder.settings.TargetId;
import dev.echosounder.testing.SettingsFixture;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The page of 100,000 series of HTTP targets, prepared for a socket, and asked for over the bus.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
public class PageBenchmark {

  private static final int SERIES = 100_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final FakeService service = new FakeService();

  /** Deploys as many targets as have that many series. */
  @Setup
  public void deploy() {
    int targets = SERIES / seriesOfOne();
    List<TargetId> ids = IntStream.range(0, targets).mapToObj(Results::target).toList();
    service.start(SettingsFixture.withTargets(ids.toArray(TargetId[]::new)), 0);
    ids.forEach(id -> service.bus.publish(Address.PROBE_RESULTS, Results.told(HttpResults.of(id))));
  }

  private static int seriesOfOne() {
    try (FakeService one = new FakeService()) {
      TargetId id = Results.target(0);
      one.start(SettingsFixture.withTargets(id), 0);
      one.bus.publish(Address.PROBE_RESULTS, Results.told(HttpResults.of(id)));
      String label = "name=\"" + id.display() + "\"";
      return (int)
          one.page(false, false).body().toString().lines().filter(l -> l.contains(label)).count();
    }
  }

  @TearDown
  public void close() {
    service.close();
  }

  @Benchmark
  public long hundredThousandSeries() {
    return lengthOf(new Scrape(false, false));
  }

  @Benchmark
  public long hundredThousandSeriesPacked() {
    return lengthOf(new Scrape(false, true));
  }

  private long lengthOf(Scrape form) {
    Page page = FakeService.await(service.bus.borrow(Address.SCRAPE, form, PATIENCE));
    try {
      return page.length();
    } finally {
      page.release();
    }
  }
}
