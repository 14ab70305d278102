package dev.echosounder.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The load generator: asks one URL over so many connections, on each the next request as soon as
 * the last is answered.
 *
 * @param connections how many
 * @param seconds how long
 */
record Wrk(int connections, int seconds) {

  private static final int THREADS = 2;
  private static final Path SCRIPT = Path.of("siege/bench/wrk.lua");
  private static final Path NUMBERED = Path.of("siege/bench/wrk-numbered.lua");
  private static final Pattern NUMBER = Pattern.compile("(?<=\\s)(\\w+)=([0-9.]+)");

  /**
   * Loads a server.
   *
   * @return requests per second and per CPU second of the server, p50 and p99
   * @throws IOException where an answer is missing, or is none of 200
   */
  Map<Figure, Double> load(Server server, String pathAndQuery)
      throws IOException, InterruptedException {
    double before = server.cpu();
    Map<String, Double> told = run(SCRIPT, server.url(pathAndQuery));
    double cpu = server.cpu() - before;
    double requests = told.get("requests");
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    figures.put(Figure.REQUESTS_PER_SECOND, requests / told.get("microseconds") * 1e6);
    figures.put(Figure.REQUESTS_PER_CPU_SECOND, requests / cpu);
    figures.put(Figure.P50, told.get("p50") / 1e3);
    figures.put(Figure.P99, told.get("p99") / 1e3);
    return figures;
  }

  /**
   * Loads a server with paths that all differ, in the number at their end.
   *
   * @throws IOException where an answer is missing, or is none of 200
   */
  void loadNumbered(Server server, String pathAndQuery) throws IOException, InterruptedException {
    run(NUMBERED, server.url(pathAndQuery));
  }

  private Map<String, Double> run(Path script, String url)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    "wrk",
                    "--threads=" + Math.min(THREADS, connections),
                    "--connections=" + connections,
                    "--duration=" + seconds + "s",
                    "--timeout=10s",
                    "--script=" + script,
                    url))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("wrk: " + output);
    }
    Map<String, Double> told =
        NUMBER
            .matcher(output)
            .results()
            .collect(Collectors.toMap(found -> found.group(1), Wrk::number));
    if (told.get("requests") == 0 || told.get("errors") > 0) {
      throw new IOException(url + ": " + told);
    }
    return told;
  }

  private static double number(MatchResult found) {
    return Double.parseDouble(found.group(2));
  }
}
