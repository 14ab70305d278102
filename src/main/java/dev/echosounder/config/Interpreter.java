package dev.echosounder.config;

import dev.echosounder.reader.NamedFiles;
import dev.echosounder.reader.SettingsReader;
import dev.echosounder.reader.Surroundings;
import dev.echosounder.schema.ConfigSchema;
import dev.echosounder.schema.Problem;
import dev.echosounder.schema.Problems;
import dev.echosounder.schema.Pruning;
import dev.echosounder.settings.Settings;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes settings of the layers of a configuration. Blocks; one thread at a time. */
final class Interpreter {

  /**
   * What came of it.
   *
   * @param settings the settings, if there is no problem
   * @param problems every problem, schema's and meaning's alike
   * @param files the files that are named, and fingerprints of what was in them
   */
  record Result(Optional<Settings> settings, List<String> problems, Map<String, String> files) {}

  private final ConfigSchema schema;
  private final ConfigSchema webSchema;
  private final Environment environment;
  private final Surroundings surroundings;

  /**
   * @param schema of the configuration
   * @param webSchema of the web configuration that it may name
   */
  Interpreter(
      ConfigSchema schema,
      ConfigSchema webSchema,
      Environment environment,
      Surroundings surroundings) {
    this.schema = schema;
    this.webSchema = webSchema;
    this.environment = environment;
    this.surroundings = surroundings;
  }

  Result interpret(Layers layers) {
    Problems problems = new Problems();
    prune(layers.file(), schema.check(layers.file()), problems);
    prune(layers.environment(), environmentProblems(layers.environment()), problems);
    NamedFiles files = new NamedFiles();
    Optional<Settings> settings =
        new SettingsReader(problems, schema.root(), webSchema, files, surroundings)
            .read(layers.merged());
    return new Result(settings, problems.lines(), files.fingerprints());
  }

  /** What is wrong with the environment alone, where the file could not be parsed. */
  List<String> environmentProblems() {
    return environmentProblems(environment.layer(schema.root())).stream()
        .map(Problem::toString)
        .toList();
  }

  private List<Problem> environmentProblems(JsonObject layer) {
    return schema.check(layer).stream()
        .map(problem -> problem.from(Environment.variable(problem.path())))
        .toList();
  }

  private static void prune(JsonObject layer, List<Problem> found, Problems problems) {
    Pruning pruning = new Pruning(layer);
    found.forEach(
        problem -> {
          problems.add(problem);
          pruning.remove(problem.path());
        });
  }
}
