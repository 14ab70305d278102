package dev.echosounder.bench;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The inner parts, by JMH: every class below {@code siege/bench/java} that it finds. */
final class InnerBenchmark implements Benchmark {

  private static final String PAGE = "PageBenchmark.hundredThousandSeries";

  @Override
  public void run(dev.echosounder.bench.Options options, Path directory, Report report)
      throws Exception {
    Map<String, Map<Figure, Double>> rows = new LinkedHashMap<>();
    for (RunResult result : new Runner(jmh(options)).run()) {
      Map<Figure, Double> row = new EnumMap<>(Figure.class);
      row.put(Figure.TIME, result.getPrimaryResult().getScore());
      Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
      row.put(Figure.ALLOCATED, allocated.getScore());
      rows.put(name(result), row);
    }
    report.add("by JMH", Comparison.ofOneRound(rows));
    report.result("inner.page", rows.get(PAGE).get(Figure.TIME) / 1e3);
  }

  /** Class and method. */
  private static String name(RunResult result) {
    return result.getParams().getBenchmark().replaceFirst(".*\\.(\\w+\\.\\w+)", "$1");
  }

  private static Options jmh(dev.echosounder.bench.Options options) {
    return new OptionsBuilder()
        .jvm(options.java().java())
        .jvmArgsAppend("-Xms1g", "-Xmx1g")
        .forks(options.brief() ? 1 : 2)
        .warmupIterations(options.brief() ? 1 : 5)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(options.rounds())
        .measurementTime(TimeValue.seconds(1))
        .timeUnit(TimeUnit.MICROSECONDS)
        .addProfiler(GCProfiler.class)
        .build();
  }
}
