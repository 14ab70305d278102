package dev.echosounder.config;

import dev.echosounder.reader.FileContent;
import dev.echosounder.schema.YamlText;
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
    FileContent content = FileContent.read(path, YamlText.MAX_BYTES);
    if (content.bytes().isPresent()) {
      return Look.at(content.bytes().get());
    }
    return content.equals(FileContent.MISSING) && !named && !needed
        ? Look.NO_FILE
        : Look.failed(path + ": got " + content.problem() + ", expected a YAML or JSON file");
  }
}
