package dev.echosounder.reader;

import dev.echosounder.schema.Problems;
import dev.echosounder.schema.SchemaNode;
import dev.echosounder.schema.Section;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.Protocol;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the modules, of which {@code http_2xx} is always one. */
record ModulesReader(Problems problems, OptionsReader options, SchemaNode schema) {

  /**
   * The modules.
   *
   * @param byName those whose prober is known
   * @param sections the options of each, as configured
   * @param broken the names of those in which something is wrong
   */
  record Modules(
      Map<String, Module> byName, Map<String, JsonObject> sections, Set<String> broken) {}

  Modules read(Section root) {
    Map<String, Module> byName = new LinkedHashMap<>();
    Map<String, JsonObject> sections = new LinkedHashMap<>();
    Set<String> broken = new HashSet<>();
    byName.put(Module.DEFAULT_NAME, Module.http2xx());
    Section all = root.section("modules");
    for (String name : all.json().fieldNames()) {
      int before = problems.count();
      Section section = all.section(name);
      Optional<Module> module = section.text("prober").map(p -> module(name, section, protocol(p)));
      byName.remove(name);
      module.ifPresent(
          read -> {
            byName.put(name, read);
            sections.put(name, section.section(read.protocol().label()).json());
          });
      if (module.isEmpty() || problems.count() > before || problems.knowsBelow(section.path())) {
        broken.add(name);
      }
    }
    byName.putIfAbsent(Module.DEFAULT_NAME, Module.http2xx());
    return new Modules(byName, sections, broken);
  }

  private Module module(String name, Section section, Protocol protocol) {
    refuseOthers(section, protocol);
    SchemaNode node = schema.at(section.path()).orElseThrow();
    new Exclusions(problems).check(section.path(), section.json(), node);
    return new Module(
        name,
        section.durationIfAny("timeout"),
        options.read(protocol, section.section(protocol.label())));
  }

  private void refuseOthers(Section section, Protocol protocol) {
    for (Protocol other : Protocol.values()) {
      if (other != protocol && section.has(other.label())) {
        problems.add(
            section.at(other.label()),
            "options of another prober",
            "those of the module's, " + protocol.label());
      }
    }
  }

  private static Protocol protocol(String prober) {
    return Protocol.valueOf(prober.toUpperCase(Locale.ROOT));
  }
}
