package dev.echosounder.bench;

import dev.echosounder.acceptance.LiveHeap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How it grows: echo with connections; probing, scrapes and memory with targets. */
final class GrowthBenchmark implements Benchmark {

  private static final List<Integer> CONNECTIONS = List.of(1, 10, 100, 1_000, 10_000);
  private static final List<Integer> TARGETS = List.of(100, 1_000, 10_000, 50_000);
  private static final Duration INTERVAL = Duration.ofSeconds(20);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int SCRAPES = 5;
  private static final String PATH = "/orders/4711";

  @Override
  public void run(Options options, Path directory, Report report) throws Exception {
    report.add("echo with connections", connections(options, directory));
    try (Nginx nginx = Nginx.start(directory.resolve("nginx"))) {
      Map<String, Map<Figure, Double>> curve = new LinkedHashMap<>();
      for (int count : options.brief() ? TARGETS.subList(0, 2) : TARGETS) {
        Progress.say(count + " targets");
        curve.put("%,d targets".formatted(count), targets(count, options, directory, nginx));
      }
      report.add("probing, scrapes and memory with targets", Comparison.ofOneRound(curve));
    }
  }

  private static Comparison connections(Options options, Path directory) throws Exception {
    Path own = directory.resolve("echo");
    String yaml = "http: {host: 127.0.0.1, port: 0}\n";
    try (Service service = Service.start(options, options.java(), own, yaml)) {
      List<Contender> points = new ArrayList<>();
      for (int connections : CONNECTIONS) {
        // To open them takes wrk a second for each thousand or two, and counts.
        Wrk wrk = new Wrk(connections, options.seconds() + connections / 1_000);
        points.add(
            new Contender(
                "%,d connections".formatted(connections), () -> wrk.load(service.server(), PATH)));
      }
      return Comparison.of(1, options.rounds(), points);
    }
  }

  private static Map<Figure, Double> targets(
      int count, Options options, Path directory, Nginx nginx) throws Exception {
    Targets targets = new Targets(count, number -> nginx.url("/" + number), INTERVAL, TIMEOUT);
    Path own = directory.resolve("targets-" + count);
    try (Service service = Service.start(options, options.java(), own, targets.yaml());
        Allocation allocation = Allocation.of(service.server().process())) {
      // The first turns, and half of the next, on a virtual machine that is cold.
      Thread.sleep(INTERVAL.multipliedBy(3).dividedBy(2).toMillis());
      Map<Figure, Double> figures =
          new CountedProbes(service.server(), nginx)
              .during(() -> Thread.sleep(INTERVAL.toMillis()));
      figures.putAll(new Scraping(service, allocation, false).times(SCRAPES));
      figures.putAll(heap(count, service));
      figures.put(Figure.SERIES, (double) series(service));
      return figures;
    }
  }

  private static Map<Figure, Double> heap(int count, Service service) throws IOException {
    double heap = LiveHeap.bytes(service.server().process());
    return Map.of(
        Figure.HEAP, heap / (1 << 20),
        Figure.HEAP_PER_TARGET, heap / count);
  }

  private static long series(Service service) throws IOException, InterruptedException {
    return new Client()
        .text(service.server().url("/metrics"))
        .lines()
        .filter(line -> !line.startsWith("#"))
        .count();
  }
}
