package dev.echosounder.bench;

import dev.echosounder.testing.MetricsPage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Whether scheduled probes start on time, where a third of the targets is dead: half of these
 * refuse, half accept and stay silent until the timeout.
 */
final class ScheduleBenchmark implements Benchmark {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final String LAG = "echosounder_schedule_lag_seconds_bucket";

  /**
   * The second is left out of a short run, since its first turns alone take a minute.
   *
   * @param warmUp first turns are early ones, on a virtual machine that is cold
   * @param window one round, such that all rounds together have every target at least once
   */
  private record Scale(
      int targets, Duration interval, Duration warmUp, Duration window, boolean brief) {}

  private static final List<Scale> SCALES =
      List.of(
          new Scale(
              10_000, Duration.ofSeconds(5), Duration.ofSeconds(25), Duration.ofSeconds(5), true),
          new Scale(
              50_000, Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofSeconds(12), false));

  @Override
  public void run(Options options, Path directory, Report report) throws Exception {
    try (Nginx nginx = Nginx.start(directory.resolve("nginx"));
        DeadTargets dead = new DeadTargets()) {
      for (Scale scale : SCALES) {
        if (scale.brief || !options.brief()) {
          measure(scale, options, directory, report, nginx, dead);
        }
      }
    }
  }

  private static void measure(
      Scale scale, Options options, Path directory, Report report, Nginx nginx, DeadTargets dead)
      throws Exception {
    Targets targets =
        new Targets(scale.targets, number -> url(number, nginx, dead), scale.interval, TIMEOUT);
    String name = "%,d targets at %d s".formatted(scale.targets, scale.interval.toSeconds());
    Path own = directory.resolve("targets-" + scale.targets);
    try (Service service = Service.start(options, options.java(), own, targets.yaml())) {
      Thread.sleep(scale.warmUp.toMillis());
      Contender contender = new Contender(name, () -> window(service, scale.window));
      Comparison comparison = Comparison.of(0, options.rounds(), List.of(contender));
      report.add(name + ", a third dead, timeout " + TIMEOUT.toSeconds() + " s", comparison);
      report.result("schedule.punctual." + scale.targets, comparison.median(name, Figure.PUNCTUAL));
    }
  }

  private static String url(int number, Nginx nginx, DeadTargets dead) {
    return switch (number % 6) {
      case 0 -> dead.silent("/" + number);
      case 3 -> dead.refusing("/" + number);
      default -> nginx.url("/" + number);
    };
  }

  private static Map<Figure, Double> window(Service service, Duration span)
      throws IOException, InterruptedException {
    Turns before = Turns.of(service);
    double cpuBefore = service.server().cpu();
    long begin = System.nanoTime();
    Thread.sleep(span.toMillis());
    double cpu = service.server().cpu() - cpuBefore;
    Turns after = Turns.of(service);
    double seconds = (System.nanoTime() - begin) / 1e9;
    double started = after.started - before.started;
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    figures.put(Figure.PROBES_PER_SECOND, started / seconds);
    figures.put(Figure.CPU_MICROSECONDS_PER_PROBE, cpu / started * 1e6);
    figures.put(Figure.PUNCTUAL, 100 * (after.punctual - before.punctual) / started);
    figures.put(Figure.SKIPPED, after.skipped - before.skipped);
    return figures;
  }

  /** What the service says of its schedule, since it started. */
  private record Turns(double started, double punctual, double skipped) {

    static Turns of(Service service) throws IOException, InterruptedException {
      MetricsPage page = service.samples("echosounder_");
      return new Turns(
          upTo(page, "+Inf"), upTo(page, "0.05"), page.sum("echosounder_probes_skipped_total"));
    }

    private static double upTo(MetricsPage page, String bound) {
      return page.sum(LAG, sample -> sample.label("le").equals(bound));
    }
  }
}
