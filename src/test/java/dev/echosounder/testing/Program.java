package dev.echosounder.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The program under test, as something that can be started: the image that the system property
 * {@code echosounder.image} names, else the jar that {@code echosounder.jar} names, else the
 * classes under test.
 */
interface Program {

  /** Which of them it is. */
  static Program underTest() {
    return Optional.ofNullable(System.getProperty("echosounder.image"))
        .<Program>map(ImageProgram::new)
        .orElseGet(JavaProgram::new);
  }

  /**
   * A process that has the program's output, ends with its exit code and takes its signals.
   *
   * @param directory its working directory
   * @param environment its variables of Echosounder; it has no others
   */
  ProcessBuilder process(Path directory, Map<String, String> environment, List<String> arguments)
      throws IOException;

  /** Ends what the process that was made last runs, if it still does. */
  void end() throws IOException;
}
