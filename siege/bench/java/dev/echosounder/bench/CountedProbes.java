package dev.echosounder.bench;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * Probes that a server makes, by the count of their target, and the processor time that it takes.
 */
record CountedProbes(Server server, Nginx target) {

  /** What happens while they are counted. */
  interface Span {

    void pass() throws IOException, InterruptedException;
  }

  /**
   * Counts during a span.
   *
   * @return probes per second and per CPU second
   */
  Map<Figure, Double> during(Span span) throws IOException, InterruptedException {
    long before = target.requests();
    double cpuBefore = server.cpu();
    long begin = System.nanoTime();
    span.pass();
    double seconds = (System.nanoTime() - begin) / 1e9;
    double cpu = server.cpu() - cpuBefore;
    // The one that counts is none.
    long probes = target.requests() - before - 1;
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    figures.put(Figure.PROBES_PER_SECOND, probes / seconds);
    figures.put(Figure.PROBES_PER_CPU_SECOND, probes / cpu);
    figures.put(Figure.CPU_MICROSECONDS_PER_PROBE, cpu / probes * 1e6);
    return figures;
  }
}
