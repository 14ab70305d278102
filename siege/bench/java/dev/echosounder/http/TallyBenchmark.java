package dev.echosounder.http;

import dev.echosounder.bus.EchoTotals;
import io.vertx.core.http.HttpMethod;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What counting adds to an answer, and what collecting the counts takes once a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class TallyBenchmark {

  private static final HttpMethod[] METHODS = {HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT};

  private final Tally tally = new Tally();
  private int turn;

  @Benchmark
  public Object count() {
    turn++;
    tally.count(METHODS[turn % METHODS.length], 200 + turn % 3, 50_000L + turn % 1_000_000);
    return tally;
  }

  @Benchmark
  public EchoTotals totals() {
    return tally.totals(0);
  }
}
