package dev.echosounder.config;

import dev.echosounder.settings.Settings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Real files, read by a real source. */
abstract class ConfigFixture {

  @TempDir Path directory;
  Vertx vertx;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  Path file() {
    return directory.resolve("echosounder.yaml");
  }

  Path write(String yaml) throws IOException {
    return Files.writeString(file(), yaml);
  }

  ConfigSource source(Map<String, String> environment) {
    return ConfigSource.of(vertx, Optional.of(file()), environment);
  }

  Reading read(String yaml) throws Exception {
    return read(yaml, Map.of());
  }

  Reading read(String yaml, Map<String, String> environment) throws Exception {
    write(yaml);
    return read(source(environment));
  }

  Reading read(ConfigSource source) throws Exception {
    return source.read().await(20, TimeUnit.SECONDS);
  }

  Settings settings(String yaml) throws Exception {
    Reading reading = read(yaml);
    return reading.settings().orElseThrow(() -> new AssertionError(reading.problems()));
  }
}
