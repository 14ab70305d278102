package dev.echosounder.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A program of the operating system that a test needs. Where it is not installed the test is
 * skipped, and says so; with {@code -Dechosounder.tools=required}, as in CI, it fails.
 */
public final class Tool {

  private Tool() {}

  /** Goes on only if the program is installed. */
  public static void needs(String program) {
    if (isInstalled(program)) {
      return;
    }
    missing("needs " + program + ", which is not installed");
  }

  /** Ends the test: skipped, or failed where all that tests need is required. */
  public static void missing(String message) {
    if ("required".equals(System.getProperty("echosounder.tools"))) {
      Assertions.fail(message);
    }
    Assumptions.abort(message);
  }

  private static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .map(directory -> Path.of(directory, program))
        .anyMatch(Files::isExecutable);
  }
}
