package dev.echosounder.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the modules, of which {@code http_2xx} is always one. */
record ModulesReader(Problems problems) {

  Map<String, Module> read(Section root) {
    Map<String, Module> modules = new LinkedHashMap<>();
    modules.put(Module.DEFAULT_NAME, Module.http2xx());
    Section section = root.section("modules");
    for (String name : section.json().fieldNames()) {
      modules.put(name, module(name, section.section(name)));
    }
    return modules;
  }

  private Module module(String name, Section section) {
    Section http = section.section("http");
    Module.Http defaults = Module.Http.DEFAULT;
    return new Module(
        name,
        Module.Prober.HTTP,
        section.durationIfAny("timeout"),
        new Module.Http(
            http.text("method").orElse(defaults.method()),
            new HeadersReader(problems).read(http),
            http.text("body").filter(body -> !body.isEmpty()).map(Secret::new),
            http.list("valid_status_codes", code -> ((Number) code).intValue()),
            http.has("follow_redirects")
                ? http.flag("follow_redirects")
                : defaults.followRedirects()));
  }
}
