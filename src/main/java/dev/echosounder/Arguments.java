package dev.echosounder;

import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The command line. It is read without a library, since the one for it took a tenth of a second of
 * each start.
 *
 * @param config the file named by {@code --config}, if any
 * @param check whether the configuration is only to be validated
 */
record Arguments(Optional<Path> config, boolean check) {

  private static final int BAD_USAGE = 2;

  private static final String USAGE =
      """
      Usage: echosounder [--config FILE] [--check]
             echosounder --version | --help
      Answers every route, probes every URL.

        --config FILE   Configuration file, YAML or JSON. Default: ECHOSOUNDER_CONFIG, else
                        conf/echosounder.yaml where it exists, else the embedded default.
        --check         Validate the configuration, print every problem, exit 0 or 2.
        --version       Print it.
        --help, -h      This.
      """;

  /**
   * Reads the command line. Help, the version and complaints go to the given writers.
   *
   * @return the arguments, or empty with the exit code if there is nothing to run
   */
  static Parsed parse(String[] args, PrintWriter out, PrintWriter err) {
    Optional<Path> config = Optional.empty();
    boolean check = false;
    Iterator<String> rest = List.of(args).iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      if (argument.equals("--help") || argument.equals("-h")) {
        return printed(USAGE.stripTrailing(), out);
      } else if (argument.equals("--version")) {
        return printed("echosounder " + Version.current(), out);
      } else if (argument.equals("--check")) {
        check = true;
      } else if (argument.equals("--config") || argument.startsWith("--config=")) {
        if (config.isPresent()) {
          return refused("--config is given twice", err);
        }
        config = file(argument, rest);
        if (config.isEmpty()) {
          return refused("--config needs the path of a file", err);
        }
      } else {
        return refused("Unknown argument: " + argument, err);
      }
    }
    return new Parsed(Optional.of(new Arguments(config, check)), 0);
  }

  private static Optional<Path> file(String argument, Iterator<String> rest) {
    String name =
        argument.equals("--config")
            ? rest.hasNext() ? rest.next() : ""
            : argument.substring("--config=".length());
    try {
      return name.isEmpty() || name.startsWith("--")
          ? Optional.empty()
          : Optional.of(Path.of(name));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Parsed printed(String text, PrintWriter out) {
    out.println(text);
    return new Parsed(Optional.empty(), 0);
  }

  private static Parsed refused(String mistake, PrintWriter err) {
    err.println(mistake);
    err.println(USAGE.stripTrailing());
    return new Parsed(Optional.empty(), BAD_USAGE);
  }

  /**
   * What became of a command line.
   *
   * @param arguments what to run with; empty if there is nothing to run
   * @param exitCode the exit code if there is nothing to run
   */
  record Parsed(Optional<Arguments> arguments, int exitCode) {}
}
