package dev.echosounder.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the command line says.
 *
 * @param names of the benchmarks to run
 * @param rounds how many are measured
 * @param seconds how long one round of load lasts
 * @param brief whether it is the short form, whose guards must hold
 * @param jar the service
 * @param javas the JDKs that run the service, the first of them where one is enough
 */
record Options(
    List<BenchmarkName> names,
    int rounds,
    int seconds,
    boolean brief,
    Path jar,
    List<JavaHome> javas) {

  private static final int ROUNDS = 5;
  private static final int SECONDS = 5;
  private static final int BRIEF_ROUNDS = 3;
  private static final int BRIEF_SECONDS = 2;

  Options {
    names = List.copyOf(names);
    javas = List.copyOf(javas);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("got no name of a benchmark");
    }
    if (!Files.isReadable(jar)) {
      throw new IllegalArgumentException("--jar: cannot read " + jar);
    }
  }

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException where it is wrong; its message says how
   */
  static Options parse(String... arguments) throws IOException {
    List<BenchmarkName> names = new ArrayList<>();
    List<JavaHome> javas = new ArrayList<>();
    boolean brief = List.of(arguments).contains("--short");
    int rounds = brief ? BRIEF_ROUNDS : ROUNDS;
    int seconds = brief ? BRIEF_SECONDS : SECONDS;
    Path jar = Path.of("target/echosounder.jar");
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--short" -> {}
        case "--rounds" -> rounds = positive(arguments, i++);
        case "--seconds" -> seconds = positive(arguments, i++);
        case "--jar" -> jar = Path.of(value(arguments, i++));
        case "--java" -> javas.add(javaHome(value(arguments, i++)));
        default -> names.add(BenchmarkName.of(arguments[i]));
      }
    }
    if (javas.isEmpty()) {
      javas.add(JavaHome.own());
      Optional.ofNullable(System.getenv("BENCH_JAVA")).map(Options::javaHome).ifPresent(javas::add);
    }
    return new Options(names, rounds, seconds, brief, jar.toAbsolutePath(), javas);
  }

  private static String value(String[] arguments, int option) {
    if (option + 1 == arguments.length) {
      throw new IllegalArgumentException(arguments[option] + " needs a value");
    }
    return arguments[option + 1];
  }

  private static int positive(String[] arguments, int option) {
    String value = value(arguments, option);
    if (!value.matches("[1-9][0-9]{0,5}")) {
      throw new IllegalArgumentException(
          arguments[option] + ": got " + value + ", expected a number from 1 on");
    }
    return Integer.parseInt(value);
  }

  private static JavaHome javaHome(String home) {
    try {
      return JavaHome.of(Path.of(home));
    } catch (IOException e) {
      throw new IllegalArgumentException("--java: no JDK at " + home, e);
    }
  }

  /** The JDK that is used where one is enough. */
  JavaHome java() {
    return javas.get(0);
  }
}
