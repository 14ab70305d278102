package dev.echosounder.config;

import dev.echosounder.reader.NamedFiles;
import dev.echosounder.reader.Surroundings;
import dev.echosounder.schema.BadDocumentException;
import dev.echosounder.schema.ConfigSchema;
import dev.echosounder.schema.RestartKeys;
import dev.echosounder.settings.Settings;
import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration: the embedded defaults, under the file, under the environment variables
 * that name keys; then the files that it names. Files are read, parsed and checked on a worker
 * thread. Readings must not overlap; {@link ConfigWatcher} sees to that once it has started.
 */
public final class ConfigSource {

  private static final Logger LOG = LoggerFactory.getLogger(ConfigSource.class);

  private final Vertx vertx;
  private final Environment environment;
  private final ConfigSchema schema;
  private final Interpreter interpreter;
  private final Buffer embedded;
  private final ConfigFile file;
  private volatile Look inForce = Look.NO_FILE;
  private volatile Look lastRead = Look.NO_FILE;

  private ConfigSource(Vertx vertx, ConfigFile file, Map<String, String> variables) {
    this.vertx = vertx;
    this.file = file;
    this.schema = new ConfigSchema(new JsonObject(Embedded.SCHEMA.read()));
    this.environment = Environment.of(variables, schema);
    Path directory = file.path().toAbsolutePath().getParent();
    ConfigSchema webSchema = new ConfigSchema(new JsonObject(Embedded.WEB_SCHEMA.read()));
    this.interpreter =
        new Interpreter(schema, webSchema, environment, new Surroundings(variables, directory));
    this.embedded = Embedded.DEFAULTS.read();
  }

  /**
   * Chooses the file: the one given, else the one that {@code ECHOSOUNDER_CONFIG} names, else
   * {@code conf/echosounder.yaml} where it exists.
   *
   * @param file from the command line
   * @param variables the environment
   */
  public static ConfigSource of(Vertx vertx, Optional<Path> file, Map<String, String> variables) {
    return of(vertx, file, variables, ConfigFile.DEFAULT_PATH);
  }

  static ConfigSource of(
      Vertx vertx, Optional<Path> file, Map<String, String> variables, Path otherwise) {
    return new ConfigSource(vertx, ConfigFile.choose(file, variables, otherwise), variables);
  }

  /** Reads the configuration for the start. The future never fails. */
  public Future<Reading> read() {
    return look().compose(this::interpret);
  }

  /**
   * The keys whose values differ but are in force only after a restart, such as {@code http.port}.
   *
   * @param before the settings that the service was started with
   * @param after settings of a later reading
   */
  public List<String> needRestart(Settings before, Settings after) {
    List<String> keys =
        new ArrayList<>(new RestartKeys(schema.root()).changed(before.shown(), after.shown()));
    keys.addAll(after.web().needRestart(before.web()));
    return keys;
  }

  /** What is now at the place of the file, and of those that were named when it was read last. */
  Future<Look> look() {
    // A file that was read once is missed when it is gone: its targets must not vanish with it.
    boolean needed = inForce.content().isPresent();
    Set<String> named = lastRead.files().keySet();
    return vertx.executeBlocking(
        () -> file.look(needed).with(NamedFiles.fingerprints(named)), false);
  }

  /** What was read last, good or not. */
  Look lastRead() {
    return lastRead;
  }

  /** Reads for a reload: a file that may be half-written is refused. */
  Future<Reading> reread(Look look) {
    if (look.halfWritten() && !look.content().equals(inForce.content())) {
      lastRead = look;
      return refused(
          file.path()
              + ": got a last line without an end, as of a file that is being written,"
              + " expected a newline at the end");
    }
    return interpret(look);
  }

  private Future<Reading> interpret(Look look) {
    lastRead = look;
    if (look.problem().isPresent()) {
      return refused(look.problem().get());
    }
    return gather(look)
        .compose(gathered -> vertx.executeBlocking(() -> reading(look, gathered), false))
        .onSuccess(reading -> remember(look, reading))
        .recover(this::failed);
  }

  private Reading reading(Look look, JsonObject gathered) {
    Interpreter.Result result = interpreter.interpret(Layers.of(gathered));
    lastRead = look.with(result.files());
    boolean untouched = !file.named() && look.content().map(embedded::equals).orElse(true);
    List<String> warnings = new ArrayList<>(environment.warnings());
    result
        .settings()
        .map(BlockedTargets::new)
        .map(BlockedTargets::warnings)
        .ifPresent(warnings::addAll);
    return new Reading(result.settings(), result.problems(), warnings, untouched);
  }

  private void remember(Look look, Reading reading) {
    if (reading.settings().isPresent()) {
      inForce = look;
    }
  }

  private Future<Reading> failed(Throwable cause) {
    if (cause instanceof BadDocumentException) {
      return refused(file.path() + ": " + cause.getMessage());
    }
    LOG.error("Reading the configuration failed", cause);
    return refused(file.path() + ": got an internal error, expected none; the log has its cause");
  }

  private Future<Reading> refused(String problem) {
    List<String> problems = new ArrayList<>(List.of(problem));
    return vertx.executeBlocking(
        () -> {
          problems.addAll(interpreter.environmentProblems());
          return new Reading(Optional.empty(), problems, environment.warnings(), false);
        },
        false);
  }

  private Future<JsonObject> gather(Look look) {
    ConfigRetrieverOptions options =
        new ConfigRetrieverOptions()
            // No scan of its own: its scans may overlap.
            .setScanPeriod(-1)
            .addStore(document(Layers.DEFAULTS, embedded))
            .addStore(
                new ConfigStoreOptions()
                    .setType("json")
                    .setConfig(
                        new JsonObject()
                            .put(Layers.ENVIRONMENT, environment.layer(schema.root()))));
    look.content().ifPresent(content -> options.addStore(document(Layers.FILE, content)));
    ConfigRetriever retriever = ConfigRetriever.create(vertx, options);
    return retriever.getConfig().eventually(retriever::close);
  }

  private static ConfigStoreOptions document(String layer, Buffer content) {
    return new ConfigStoreOptions()
        .setType(ContentStoreFactory.NAME)
        .setFormat(YamlProcessor.NAME)
        .setConfig(
            new JsonObject()
                .put(ContentStoreFactory.LAYER, layer)
                .put(ContentStoreFactory.CONTENT, content));
  }
}
