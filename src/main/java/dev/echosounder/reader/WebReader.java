package dev.echosounder.reader;

import dev.echosounder.schema.BadDocumentException;
import dev.echosounder.schema.ConfigSchema;
import dev.echosounder.schema.KeyPath;
import dev.echosounder.schema.Problem;
import dev.echosounder.schema.Problems;
import dev.echosounder.schema.Pruning;
import dev.echosounder.schema.Section;
import dev.echosounder.schema.YamlText;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.Web;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the web configuration, a file of its own. What is wrong with it is told with its name; the
 * files that it names are relative to its directory.
 *
 * @param schema of that file
 * @param directory what its own path is relative to
 */
record WebReader(Problems problems, ConfigSchema schema, NamedFiles files, Path directory) {

  /** The web configuration that {@code web.config_file} names; all is open without a name. */
  Web read(Section web) {
    return web.text("config_file")
        .filter(name -> !name.isEmpty())
        .flatMap(name -> read(web, name))
        .orElse(Web.OPEN);
  }

  private Optional<Web> read(Section web, String name) {
    Path path = directory.resolve(name);
    return new FilesReader(problems, files)
        .bytes(web.at("config_file"), path.toString())
        .flatMap(bytes -> parse(name, bytes))
        .flatMap(json -> read(name, json, path.toAbsolutePath().getParent()));
  }

  private Optional<JsonObject> parse(String name, Buffer bytes) {
    try {
      return Optional.of(YamlText.parse(bytes.getBytes()));
    } catch (BadDocumentException e) {
      problems.add(Problem.of(name, e));
      return Optional.empty();
    }
  }

  private Optional<Web> read(String name, JsonObject json, Path beside) {
    Problems own = new Problems();
    Pruning pruning = new Pruning(json);
    for (Problem problem : schema.check(json)) {
      own.add(problem);
      pruning.remove(problem.path());
    }
    Section root = new Section(KeyPath.ROOT, json);
    new Exclusions(own).check(root.path(), json, schema.root());
    Optional<Web> read = web(own, root, new FilesReader(own, files, beside));
    own.all().forEach(problem -> problems.add(problem.in(name)));
    return read;
  }

  private static Optional<Web> web(Problems own, Section root, FilesReader filesReader) {
    Section tls = root.section("tls_server_config");
    Section http = root.section("http_server_config");
    boolean secured = !tls.json().isEmpty();
    return Optional.of(
        new Web(
            secured ? new ServerTlsReader(own, filesReader).read(tls) : Optional.empty(),
            http.flag("http2", true),
            headers(http),
            new TreeMap<>(root.texts("basic_auth_users", Secret::new)),
            rateLimit(own, root.section("rate_limit"))));
  }

  private static Map<String, String> headers(Section http) {
    Map<String, String> headers = new TreeMap<>(http.texts("headers", text -> text));
    headers.values().removeIf(String::isBlank);
    return headers;
  }

  private static Optional<Web.RateLimit> rateLimit(Problems own, Section limit) {
    Duration interval = limit.durationIfAny("interval").orElse(Duration.ZERO);
    if (interval.isZero()) {
      return Optional.empty();
    }
    if (limit.json().getValue("interval") instanceof Number number) {
      own.add(
          limit.at("interval"), number.toString(), "a text with a unit, such as 100ms or 1s, or 0");
      return Optional.empty();
    }
    if (!limit.has("burst") || limit.number("burst") == 0) {
      own.add(limit.at("burst"), limit.has("burst") ? "0" : "nothing", "a whole number from 1 on");
      return Optional.empty();
    }
    return Optional.of(new Web.RateLimit(interval, limit.number("burst")));
  }
}
