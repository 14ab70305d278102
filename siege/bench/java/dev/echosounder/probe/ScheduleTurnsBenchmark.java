package dev.echosounder.probe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What one turn takes out of a schedule of 50,000 targets. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class ScheduleTurnsBenchmark {

  private static final int TARGETS = 50_000;
  private static final long INTERVAL = 60_000_000_000L;

  private final Schedule<String> schedule = new Schedule<>();

  @Setup
  public void fill() {
    Map<String, Long> keys = new HashMap<>();
    for (int i = 0; i < TARGETS; i++) {
      keys.put("http://host-" + i + ".example/", INTERVAL);
    }
    schedule.add(keys, 0);
  }

  @Benchmark
  public List<Schedule.Turn<String>> take() {
    return schedule.take(schedule.next().orElseThrow());
  }
}
