package dev.echosounder.reader;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a configuration refers to beside itself.
 *
 * @param environment the variables of the process
 * @param directory where its file is
 */
public record Surroundings(Map<String, String> environment, Path directory) {

  public Surroundings {
    environment = Map.copyOf(environment);
  }
}
