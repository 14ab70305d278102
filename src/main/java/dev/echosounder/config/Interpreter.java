package dev.echosounder.config;

import dev.echosounder.settings.Settings;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Makes settings of the layers of a configuration. Blocks; one thread at a time. */
final class Interpreter {

  /** The settings, or every problem, schema's and meaning's alike. */
  record Result(Optional<Settings> settings, List<String> problems) {}

  private final ConfigSchema schema;
  private final Environment environment;

  Interpreter(ConfigSchema schema, Environment environment) {
    this.schema = schema;
    this.environment = environment;
  }

  Result interpret(Layers layers) {
    Problems problems = new Problems();
    prune(layers.file(), schema.check(layers.file()), problems);
    prune(layers.environment(), environmentProblems(layers.environment()), problems);
    Optional<Settings> settings = new SettingsReader(problems, schema.root()).read(layers.merged());
    return new Result(settings, problems.lines());
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
