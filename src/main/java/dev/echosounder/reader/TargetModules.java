package dev.echosounder.reader;

import dev.echosounder.schema.KeyPath;
import dev.echosounder.schema.NearestKey;
import dev.echosounder.schema.Problems;
import dev.echosounder.schema.Section;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.Protocol;
import dev.echosounder.settings.Secret;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the module of a target, and reads what the target adds to it. */
record TargetModules(
    Problems problems,
    ModulesReader.Modules modules,
    OverridesReader overrides,
    HeadersReader headersReader) {

  /** The module of a target with the target's own options, if it is known. */
  Optional<Module> of(Section target) {
    String name = target.text("module", Module.DEFAULT_NAME);
    Optional<Module> module = find(target.at("module"), name);
    return module.map(found -> overrides.read(target, found));
  }

  /** The module of {@code urls}, which are for HTTP alone. */
  Optional<Module> ofUrls(Section root) {
    Optional<Module> module = Optional.ofNullable(modules.byName().get(Module.DEFAULT_NAME));
    boolean used = !root.elements("urls", (place, url) -> url).isEmpty();
    if (used && module.filter(found -> found.protocol() != Protocol.HTTP).isPresent()) {
      problems.add(
          root.section("modules").at(Module.DEFAULT_NAME).key("prober"),
          module.get().protocol().label(),
          "http, since urls are probed by this module");
    }
    return module;
  }

  /** The module of a name. */
  Optional<Module> find(KeyPath place, String name) {
    Optional<Module> module = Optional.ofNullable(modules.byName().get(name));
    KeyPath all = KeyPath.of("modules");
    boolean known = problems.knows(all) || problems.knows(all.key(name));
    if (module.isEmpty() && !known && !modules.broken().contains(name)) {
      Collection<String> names = modules.byName().keySet();
      String hint = NearestKey.of(name, names).map(m -> " (did you mean " + m + "?)").orElse("");
      String got = KeyPath.ROOT.key(name).toString();
      problems.add(place, "the unknown module " + got, "one of " + sorted(names) + hint);
    }
    return module;
  }

  /** The target's own headers, which only HTTP has. */
  Map<String, Secret> headers(Section target, Optional<Module> module) {
    Map<String, Secret> headers = headersReader.read(target);
    if (module.isPresent() && !headers.isEmpty()) {
      if (module.get().options() instanceof HttpOptions http) {
        check(target, headers, http);
      } else {
        problems.add(
            target.at("headers"),
            "headers for a module whose prober is " + module.get().protocol().label(),
            "none, as only http has them");
      }
    }
    return headers;
  }

  private void check(Section target, Map<String, Secret> headers, HttpOptions http) {
    HeaderRules rules = new HeaderRules(problems);
    rules.checkAuthorization(target, headers.keySet(), http.client());
    List<Secret> accepted =
        headers.entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase(AcceptEncoding.NAME))
            .map(Map.Entry::getValue)
            .toList();
    if (!accepted.isEmpty()) {
      http.body()
          .coding()
          .ifPresent(coding -> rules.checkAccepted(target, accepted, coding.label()));
    }
  }

  private static String sorted(Collection<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }
}
