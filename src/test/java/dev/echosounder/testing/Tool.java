package dev.echosounder.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
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

  /** Goes on only if this can be run here, by who runs the tests. */
  public static void needsToRun(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor() == 0) {
        return;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    missing("needs to run " + String.join(" ", command));
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
