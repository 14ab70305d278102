package dev.echosounder.reader;

import dev.echosounder.schema.ConfigSchema;
import dev.echosounder.schema.KeyPath;
import dev.echosounder.schema.Problems;
import dev.echosounder.schema.Redaction;
import dev.echosounder.schema.SchemaNode;
import dev.echosounder.schema.Section;
import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.HostRule;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Target;
import dev.echosounder.settings.Web;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes settings of a configuration that the schema accepts, and checks its meaning.
 *
 * @param webSchema of the web configuration that it may name
 * @param files the files that it names
 * @param surroundings what it refers to beside
 */
public record SettingsReader(
    Problems problems,
    SchemaNode schema,
    ConfigSchema webSchema,
    NamedFiles files,
    Surroundings surroundings) {

  /**
   * Reads a whole configuration.
   *
   * @param merged every key that has a default is there
   * @return empty if there are problems, those known before included
   */
  public Optional<Settings> read(JsonObject merged) {
    Section root = new Section(KeyPath.ROOT, merged);
    checkPorts(root);
    Set<String> secrets = secretQueryParameters(root);
    UrlReader urls = new UrlReader(problems, secrets);
    Inputs inputs = new Inputs(problems, files, surroundings.environment(), secrets);
    TargetModules modules = modules(root, inputs);
    List<TargetsReader.Placed> placed = new TargetsReader(problems, root, modules, urls).read(root);
    new TargetKeys(problems).check(placed);
    Settings.Discovery discovery =
        new DiscoveryReader(urls, surroundings.directory(), filter(root.section("prober")))
            .read(root);
    Settings.ProbeEndpoint probeEndpoint = probeEndpoint(root.section("probe_endpoint"), modules);
    Settings.Tracing tracing = new TracingReader(problems, urls).read(root.section("tracing"));
    Web web =
        new WebReader(problems, webSchema, files, surroundings.directory())
            .read(root.section("web"));
    if (!problems.none()) {
      return Optional.empty();
    }
    List<Target> targets = placed.stream().map(TargetsReader.Placed::target).toList();
    JsonObject shown = (JsonObject) new Redaction(secrets).of(merged, schema);
    return Optional.of(
        settings(
            root,
            targets,
            modules.modules().byName(),
            secrets,
            discovery,
            probeEndpoint,
            tracing,
            web,
            shown));
  }

  private TargetModules modules(Section root, Inputs inputs) {
    OptionsReader options = new OptionsReader(inputs);
    ModulesReader.Modules modules = new ModulesReader(problems, options, schema).read(root);
    return new TargetModules(
        problems,
        modules,
        new OverridesReader(problems, options, modules, schema),
        new HeadersReader(problems, inputs.filesReader()));
  }

  private Settings.ProbeEndpoint probeEndpoint(Section section, TargetModules modules) {
    List<String> names =
        section.elements(
            "modules",
            (place, name) -> {
              modules.find(place, (String) name);
              return (String) name;
            });
    return new Settings.ProbeEndpoint(section.flag("enabled"), Set.copyOf(names), filter(section));
  }

  private static AddressFilter filter(Section section) {
    return new AddressFilter(hostRules(section, "allow"), hostRules(section, "deny"));
  }

  private static Settings settings(
      Section root,
      List<Target> targets,
      Map<String, Module> modules,
      Set<String> secrets,
      Settings.Discovery discovery,
      Settings.ProbeEndpoint probeEndpoint,
      Settings.Tracing tracing,
      Web web,
      JsonObject shown) {
    Section prober = root.section("prober");
    return new Settings(
        root.text("app_name").orElseThrow(),
        log(root),
        targets,
        modules,
        secrets,
        discovery,
        probeEndpoint,
        EnumSet.copyOf(
            root.<Settings.Role>list(
                "roles", role -> Settings.Role.valueOf(upperCase((String) role)))),
        http(root.section("http")),
        managementPort(root.section("management")),
        web,
        root.section("echo").flag("simulate"),
        root.section("queryurl").duration("deadline"),
        new Settings.Prober(prober.number("concurrency"), filter(prober)),
        root.section("history").number("results"),
        root.section("metrics").duration("refresh_interval"),
        shutdown(root.section("shutdown")),
        tracing,
        shown);
  }

  private static Settings.Log log(Section root) {
    return new Settings.Log(
        Settings.Log.Level.valueOf(root.text("log_level").orElseThrow()),
        Settings.Log.Format.valueOf(upperCase(root.text("log_format").orElseThrow())));
  }

  private static Settings.Http http(Section http) {
    return new Settings.Http(
        http.text("host").orElseThrow(),
        http.number("port"),
        http.duration("header_timeout"),
        http.duration("idle_timeout"),
        http.duration("request_timeout"),
        http.number("max_connections"),
        http.size("max_body"),
        http.flag("h2c"));
  }

  private static Settings.Shutdown shutdown(Section shutdown) {
    return new Settings.Shutdown(
        shutdown.duration("delay"), shutdown.duration("drain"), shutdown.duration("linger"));
  }

  private static List<HostRule> hostRules(Section section, String key) {
    return section.list(key, text -> HostRule.parse((String) text));
  }

  private static OptionalInt managementPort(Section management) {
    return management.has("port") ? OptionalInt.of(management.number("port")) : OptionalInt.empty();
  }

  private static Set<String> secretQueryParameters(Section root) {
    return root
        .list("secret_query_parameters", name -> ((String) name).toLowerCase(Locale.ROOT))
        .stream()
        .collect(Collectors.toUnmodifiableSet());
  }

  private void checkPorts(Section root) {
    Section management = root.section("management");
    int port = root.section("http").number("port");
    if (port != 0 && managementPort(management).equals(OptionalInt.of(port))) {
      problems.add(
          management.at("port"),
          port + ", which is http.port",
          "another port, or none to serve both on http.port");
    }
  }

  private static String upperCase(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
