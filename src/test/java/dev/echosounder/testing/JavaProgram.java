package dev.echosounder.testing;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.condition.OS;

/** The jar or the classes, run by the Java of the tests. */
final class JavaProgram implements Program {

  @Override
  public ProcessBuilder process(
      Path directory, Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (OS.LINUX.isCurrentOs()) {
      // A job in the background of a shell has SIGINT ignored, and would hand that on.
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Its coverage counts where that of the tests does.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-javaagent:") && argument.contains("jacoco"))
        .forEach(command::add);
    command.addAll(whatToRun());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("ECHOSOUNDER_"));
    builder.environment().putAll(environment);
    return builder;
  }

  private static List<String> whatToRun() {
    return Optional.ofNullable(System.getProperty("echosounder.jar"))
        .map(jar -> List.of("-jar", Path.of(jar).toAbsolutePath().toString()))
        .orElseGet(
            () -> List.of("-cp", System.getProperty("java.class.path"), "dev.echosounder.Main"));
  }

  /** The process is the program. */
  @Override
  public void end() {}
}
