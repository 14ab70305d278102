package dev.echosounder.config;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The file of a configuration.
 *
 * @param path where it is
 * @param named whether somebody named it, so that it must exist
 */
record ConfigFile(Path path, boolean named) {

  /** Where the file is looked for if nobody names one. */
  static final Path DEFAULT_PATH = Path.of("conf", "echosounder.yaml");

  /** The file of the command line, else of the environment, else the one at the default place. */
  static ConfigFile choose(Optional<Path> option, Map<String, String> variables, Path otherwise) {
    return option
        .or(() -> Environment.file(variables).map(Path::of))
        .map(path -> new ConfigFile(path, true))
        .orElseGet(() -> new ConfigFile(otherwise, false));
  }

  /**
   * Reads the file; blocks.
   *
   * @param needed whether it is a problem if there is no file at the default place
   */
  Look look(boolean needed) {
    if (Files.isDirectory(path)) {
      return failed("got a directory");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(YamlText.MAX_BYTES + 1);
      return bytes.length > YamlText.MAX_BYTES
          ? failed("got more than " + (YamlText.MAX_BYTES >> 20) + " MiB")
          : Look.at(Buffer.buffer(bytes));
    } catch (NoSuchFileException e) {
      return named || needed ? failed("got no file") : Look.NO_FILE;
    } catch (AccessDeniedException e) {
      return failed("got a file that may not be read");
    } catch (IOException e) {
      return failed("got an error (" + e.getMessage() + ")");
    }
  }

  private Look failed(String got) {
    return Look.failed(path + ": " + got + ", expected a YAML or JSON file");
  }
}
