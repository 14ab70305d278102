package dev.echosounder.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Echo, with counting by method and status and the latency histogram on, against a bare Vert.x
 * server and against aiohttp with prometheus_client; and while 10,000 targets are scraped.
 */
final class EchoBenchmark implements Benchmark {

  private static final String PATH = "/orders/4711";
  private static final int CONNECTIONS = 64;
  private static final int WARM_UPS = 2;
  private static final int TARGETS = 10_000;

  private static final String ECHO = "Echosounder";
  private static final String BARE = "bare Vert.x";
  private static final String AIOHTTP = "aiohttp";
  private static final String WITH_TARGETS = "Echosounder with 10,000 targets";
  private static final String SCRAPED = "the same, scraped each second";

  @Override
  public void run(Options options, Path directory, Report report) throws Exception {
    compareWithPeers(options, directory, report);
    compareWithScrapes(options, directory, report);
  }

  private static void compareWithPeers(Options options, Path directory, Report report)
      throws Exception {
    try (Service service = start(options, directory)) {
      Server echo = service.server();
      try (Server bare =
              Peers.bare(
                  options.java(), directory.resolve("bare"), new Client().get(echo.url(PATH)));
          Server aiohttp = Peers.aiohttp(directory.resolve("aiohttp"))) {
        Comparison comparison =
            Comparison.of(
                WARM_UPS,
                options.rounds(),
                List.of(
                    loaded(BARE, options, bare),
                    loaded(ECHO, options, echo),
                    loaded(AIOHTTP, options, aiohttp)));
        report.add(CONNECTIONS + " connections, GET " + PATH, comparison);
        Figure rate = Figure.REQUESTS_PER_SECOND;
        Figure cpu = Figure.REQUESTS_PER_CPU_SECOND;
        report.result("echo.rate.bare", comparison.ratio(rate, ECHO, BARE));
        report.result("echo.cpu.bare", comparison.ratio(cpu, ECHO, BARE));
        report.result("echo.p99.bare", comparison.ratio(Figure.P99, ECHO, BARE));
        report.result("echo.rate.aiohttp", comparison.ratio(rate, ECHO, AIOHTTP));
        report.result("echo.cpu.aiohttp", comparison.ratio(cpu, ECHO, AIOHTTP));
      }
    }
  }

  private static Service start(Options options, Path directory) throws Exception {
    return Service.start(
        options, options.java(), directory.resolve("echo"), "http: {host: 127.0.0.1, port: 0}\n");
  }

  private static Contender loaded(String name, Options options, Server server) {
    Wrk wrk = new Wrk(CONNECTIONS, options.seconds());
    return new Contender(name, () -> wrk.load(server, PATH));
  }

  /** Their probes are rare while it is measured; the scrapes are what differs. */
  private static void compareWithScrapes(Options options, Path directory, Report report)
      throws Exception {
    try (Nginx nginx = Nginx.start(directory.resolve("nginx"))) {
      Targets targets =
          new Targets(
              TARGETS,
              number -> nginx.url("/" + number),
              Duration.ofSeconds(10),
              Duration.ofSeconds(5));
      try (Service service =
          Service.start(options, options.java(), directory.resolve("targets"), targets.yaml())) {
        service.await("probe_attempts_total", TARGETS);
        service.reload(targets.every(Duration.ofHours(1)).yaml());
        Contender quiet = loaded(WITH_TARGETS, options, service.server());
        String page = service.server().url("/metrics");
        Contender scraped =
            new Contender(SCRAPED, () -> PeriodicScrape.during(quiet.measuring(), page));
        Comparison comparison = Comparison.of(WARM_UPS, options.rounds(), List.of(quiet, scraped));
        report.add("scrapes during the load", comparison);
        report.result("echo.p99.scraped", comparison.ratio(Figure.P99, SCRAPED, WITH_TARGETS));
      }
    }
  }
}
