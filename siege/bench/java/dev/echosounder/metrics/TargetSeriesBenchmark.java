package dev.echosounder.metrics;

import dev.echosounder.bus.ProbeResult;
import dev.echosounder.settings.TargetId;
import dev.echosounder.testing.SettingsFixture;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a result takes until its series are ready for the page. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class TargetSeriesBenchmark {

  private static final int TARGETS = 1_000;

  private final TargetTable table = new TargetTable();
  private List<ProbeResult> results = List.of();
  private int turn;

  @Setup
  public void prepare() {
    List<TargetId> ids = IntStream.range(0, TARGETS).mapToObj(Results::target).toList();
    table.keep(SettingsFixture.withTargets(ids.toArray(TargetId[]::new)).targets());
    results = ids.stream().map(HttpResults::of).toList();
  }

  @Benchmark
  public Object take() {
    table.take(results.get(turn++ % TARGETS));
    return table;
  }
}
