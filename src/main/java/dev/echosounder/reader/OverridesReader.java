package dev.echosounder.reader;

import dev.echosounder.schema.KeyPath;
import dev.echosounder.schema.Problem;
import dev.echosounder.schema.Problems;
import dev.echosounder.schema.SchemaNode;
import dev.echosounder.schema.Section;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.Protocol;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Reads what a target sets in place of options of its module. */
record OverridesReader(
    Problems problems, OptionsReader options, ModulesReader.Modules modules, SchemaNode schema) {

  /** The module as the target wants it; the same one if it wants nothing else. */
  Module read(Section target, Module module) {
    Module result = module;
    for (Protocol protocol : Protocol.values()) {
      if (target.has(protocol.label())) {
        result =
            protocol == module.protocol()
                ? overridden(target, module)
                : refused(target, protocol, module);
      }
    }
    return result;
  }

  private Module refused(Section target, Protocol protocol, Module module) {
    problems.add(
        target.at(protocol.label()),
        "options of another prober",
        "those of the module's, " + module.protocol().label());
    return module;
  }

  private Module overridden(Section target, Module module) {
    String key = module.protocol().label();
    Section own = target.section(key);
    SchemaNode node = schema.at(own.path()).orElseThrow();
    JsonObject base = modules.sections().getOrDefault(module.name(), new JsonObject());
    Section merged = new Section(own.path(), Exclusions.replaced(base, own.json(), node));
    int before = problems.count();
    new Exclusions(problems).check(merged.path(), merged.json(), node);
    Module read = module.with(options.read(module.protocol(), merged));
    if (modules.broken().contains(module.name())) {
      // What is wrong in the module is told there, once.
      problems.retain(before, problem -> own.has(keyOf(problem, merged.path())));
    }
    return read;
  }

  private static String keyOf(Problem problem, KeyPath section) {
    List<Object> steps = problem.path().steps();
    int position = section.steps().size();
    return position < steps.size() ? String.valueOf(steps.get(position)) : "";
  }
}
