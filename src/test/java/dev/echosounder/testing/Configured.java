package dev.echosounder.testing;

import dev.echosounder.config.ConfigSource;
import dev.echosounder.config.Reading;
import dev.echosounder.settings.Settings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Settings as a configuration file makes them. */
public final class Configured {

  private Configured() {}

  /**
   * The settings of a configuration.
   *
   * @param directory where its file is written
   */
  public static Settings by(Vertx vertx, Path directory, String yaml) throws IOException {
    Path file = Files.writeString(directory.resolve("configured.yaml"), yaml);
    Reading reading = Waiting.on(ConfigSource.of(vertx, Optional.of(file), Map.of()).read());
    return reading.settings().orElseThrow(() -> new AssertionError(reading.problems()));
  }
}
