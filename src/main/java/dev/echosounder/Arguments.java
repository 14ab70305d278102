package dev.echosounder;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The command line.
 *
 * @param config the file named by {@code --config}, if any
 * @param check whether the configuration is only to be validated
 */
record Arguments(Optional<Path> config, boolean check) {

  /**
   * Reads the command line. Help, the version and complaints go to the given writers.
   *
   * @return the arguments, or empty with the exit code if there is nothing to run
   */
  static Parsed parse(String[] args, PrintWriter out, PrintWriter err) {
    CommandLine command = new CommandLine(specification());
    try {
      ParseResult result = command.parseArgs(args);
      if (result.isUsageHelpRequested()) {
        command.usage(out);
        return Parsed.ended(0);
      }
      if (result.isVersionHelpRequested()) {
        command.printVersionHelp(out);
        return Parsed.ended(0);
      }
      Path config = result.matchedOptionValue("--config", null);
      return new Parsed(
          Optional.of(
              new Arguments(Optional.ofNullable(config), result.hasMatchedOption("--check"))),
          0);
    } catch (ParameterException e) {
      err.println(e.getMessage());
      command.usage(err);
      return Parsed.ended(2);
    }
  }

  private static CommandSpec specification() {
    CommandSpec spec =
        CommandSpec.create()
            .name("echosounder")
            .version("echosounder " + Version.current())
            .addOption(
                OptionSpec.builder("--config")
                    .paramLabel("FILE")
                    .type(Path.class)
                    .description(
                        "Configuration file, YAML or JSON. Default: ECHOSOUNDER_CONFIG, else"
                            + " conf/echosounder.yaml where it exists, else the embedded default.")
                    .build())
            .addOption(
                OptionSpec.builder("--check")
                    .description("Validate the configuration, print every problem, exit 0 or 2.")
                    .build())
            .addOption(
                OptionSpec.builder("--version").versionHelp(true).description("Print it.").build())
            .addOption(
                OptionSpec.builder("--help", "-h").usageHelp(true).description("This.").build());
    spec.usageMessage().description("Answers every route, probes every URL.");
    return spec;
  }

  /**
   * What became of a command line.
   *
   * @param arguments what to run with; empty if there is nothing to run
   * @param exitCode the exit code if there is nothing to run
   */
  record Parsed(Optional<Arguments> arguments, int exitCode) {

    private static Parsed ended(int exitCode) {
      return new Parsed(Optional.empty(), exitCode);
    }
  }
}
