package dev.echosounder.config;

import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.StatusCodes;
import java.util.LinkedHashMap;
import java.util.List;
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
    HttpOptions.Request defaults = HttpOptions.Request.DEFAULT;
    Map<String, List<Secret>> headers = new LinkedHashMap<>();
    new HeadersReader(problems)
        .read(http)
        .forEach((header, value) -> headers.put(header, List.of(value)));
    HttpOptions.Request request =
        new HttpOptions.Request(
            http.text("method").orElse(defaults.method()),
            headers,
            http.text("body").filter(body -> !body.isEmpty()).map(Secret::new),
            http.has("follow_redirects")
                ? http.flag("follow_redirects")
                : defaults.followRedirects());
    StatusCodes codes =
        StatusCodes.of(
            http.list("valid_status_codes", code -> ((Number) code).intValue()).stream()
                .map(code -> new StatusCodes.Range(code, code))
                .toList());
    return new Module(
        name,
        section.durationIfAny("timeout"),
        HttpOptions.DEFAULT.with(request).with(HttpOptions.Checks.withCodes(codes)));
  }
}
