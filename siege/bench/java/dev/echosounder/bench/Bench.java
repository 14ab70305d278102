package dev.echosounder.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs benchmarks one after another, in the directory of the project, and writes what they found to
 * {@code target/bench}. Exits with 0, with 1 where a short run does not hold a guard or a benchmark
 * cannot be run, with 2 on bad usage.
 */
public final class Bench {

  private static final Path GOALS = Path.of("siege/bench/goals.csv");
  private static final Path OUTPUT = Path.of("target/bench");

  private Bench() {}

  public static void main(String... arguments) throws Exception {
    System.exit(run(arguments));
  }

  private static int run(String... arguments) throws Exception {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("siege/bench/run.sh: " + e.getMessage() + "; see --help");
      return 2;
    }
    List<String> failures = new ArrayList<>();
    for (BenchmarkName name : options.names()) {
      failures.addAll(run(name, options));
    }
    failures.forEach(System.err::println);
    return failures.isEmpty() ? 0 : 1;
  }

  private static List<String> run(BenchmarkName name, Options options) throws Exception {
    Report report = new Report(name, Machine.facts(options), goals(name), options.brief());
    Path directory = Files.createTempDirectory("echosounder-bench");
    try {
      name.benchmark().run(options, directory, report);
    } finally {
      delete(directory);
    }
    Files.createDirectories(OUTPUT);
    Files.writeString(OUTPUT.resolve(name + ".md"), report.markdown());
    Files.writeString(OUTPUT.resolve(name + ".json"), report.json().encodePrettily() + "\n");
    System.out.println(report.markdown());
    if (options.brief() && report.tooMuchForeignLoad()) {
      Progress.say(name + ": others used more than half of the processors, so no guard is judged");
    }
    return report.failures();
  }

  private static List<Goal> goals(BenchmarkName name) throws IOException {
    return Goal.all(GOALS).stream()
        .filter(goal -> goal.benchmark().equals(name.toString()))
        .toList();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
