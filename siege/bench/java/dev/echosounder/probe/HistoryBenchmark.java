package dev.echosounder.probe;

import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.TargetId;
import dev.echosounder.testing.TestResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What keeping a result takes, once as many are kept as may be. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class HistoryBenchmark {

  private final History history = new History(100);
  private final ProbeResult result =
      TestResult.of(
          new TargetId("http://host.example/", Optional.empty(), Map.of()),
          Instant.EPOCH,
          Duration.ofMillis(41),
          Reason.OK,
          OptionalInt.of(200),
          Map.of(Phase.CONNECT, Duration.ofMillis(2), Phase.PROCESSING, Duration.ofMillis(39)),
          Map.of());

  @Benchmark
  public Object add() {
    history.add(result, true);
    return history;
  }
}
