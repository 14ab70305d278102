package dev.echosounder.bench;

import dev.echosounder.bench.Contender.Measuring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Probes of a plain HTTP target and of one behind TLS, a new connection each: those of
 * blackbox_exporter, those through {@code /probe}, and those of the schedule, with all metrics on.
 */
final class ProbeBenchmark implements Benchmark {

  private static final int CONNECTIONS = 32;
  private static final int WARM_UPS = 2;

  /** Probes a second by the schedule: fewer behind TLS, since none must be lost to overload. */
  private static final int SCHEDULED = 2_000;

  private static final int SCHEDULED_TLS = 200;

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final String BLACKBOX = "blackbox_exporter";

  @Override
  public void run(Options options, Path directory, Report report) throws Exception {
    List<Service> services = new ArrayList<>();
    try (Nginx nginx = Nginx.start(directory.resolve("nginx"));
        Server blackbox = Peers.blackbox(directory.resolve("blackbox"))) {
      Targets clear = new Targets(SCHEDULED, number -> nginx.url("/" + number), INTERVAL, INTERVAL);
      Targets secure =
          new Targets(
              SCHEDULED_TLS,
              number -> nginx.secureUrl("/" + number),
              INTERVAL,
              INTERVAL,
              "https_2xx");
      for (JavaHome java : options.javas()) {
        Path own = directory.resolve("java-" + java.feature());
        services.add(Service.start(options, java, own, configuration(clear.times(0))));
      }
      Comparison comparison = compare(options, nginx, blackbox, services, clear);
      report.add("a plain HTTP target", comparison);
      for (JavaHome java : options.javas()) {
        result(report, comparison, "probe.on-demand." + java.feature(), onDemand(java));
        result(report, comparison, "probe.schedule." + java.feature(), scheduled(java));
      }
      if (!options.brief()) {
        report.add("a target behind TLS", compare(options, nginx, blackbox, services, secure));
      }
    } finally {
      services.forEach(Service::close);
    }
  }

  private static void result(Report report, Comparison comparison, String key, String name) {
    if (report.asksFor(key)) {
      report.result(key, comparison.ratio(Figure.PROBES_PER_CPU_SECOND, name, BLACKBOX));
    }
  }

  private static String configuration(Targets targets) throws IOException {
    return targets.yaml() + Files.readString(Peers.MODULES);
  }

  private static Comparison compare(
      Options options, Nginx nginx, Server blackbox, List<Service> services, Targets targets)
      throws IOException, InterruptedException {
    List<Contender> contenders = new ArrayList<>();
    contenders.add(new Contender(BLACKBOX, asked(options, blackbox, nginx, targets)));
    for (int i = 0; i < services.size(); i++) {
      Service service = services.get(i);
      JavaHome java = options.javas().get(i);
      contenders.add(
          new Contender(onDemand(java), asked(options, service.server(), nginx, targets)));
      contenders.add(
          new Contender(scheduled(java), () -> bySchedule(options, service, nginx, targets)));
    }
    return Comparison.of(WARM_UPS, options.rounds(), contenders);
  }

  /** Each request asks for a target of its own, since equal ones under way would be one probe. */
  private static Measuring asked(Options options, Server server, Nginx nginx, Targets targets) {
    Wrk wrk = new Wrk(CONNECTIONS, options.seconds());
    String path = "/probe?module=" + targets.module() + "&target=" + targets.url().apply(0);
    return () -> new CountedProbes(server, nginx).during(() -> wrk.loadNumbered(server, path));
  }

  private static Map<Figure, Double> bySchedule(
      Options options, Service service, Nginx nginx, Targets targets)
      throws IOException, InterruptedException {
    service.reload(configuration(targets));
    // The first turns are early ones.
    Thread.sleep(INTERVAL.multipliedBy(2).toMillis());
    try {
      return new CountedProbes(service.server(), nginx)
          .during(() -> Thread.sleep(options.seconds() * 1_000L));
    } finally {
      service.reload(configuration(targets.times(0)));
    }
  }

  private static String onDemand(JavaHome java) {
    return "Echosounder, /probe, Java " + java.feature();
  }

  private static String scheduled(JavaHome java) {
    return "Echosounder, schedule, Java " + java.feature();
  }
}
