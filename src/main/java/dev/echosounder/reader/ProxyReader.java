package dev.echosounder.reader;

import dev.echosounder.schema.KeyPath;
import dev.echosounder.schema.Section;
import dev.echosounder.settings.ProxyOptions;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.TargetUrl;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the way to a server: directly, by a proxy, or as the environment says. */
record ProxyReader(Inputs inputs) {

  ProxyOptions read(Section section) {
    Map<String, List<Secret>> connectHeaders =
        new HeadersReader(inputs.problems(), inputs.filesReader())
            .lists(section, "proxy_connect_header");
    if (section.flag("proxy_from_environment", false)) {
      KeyPath place = section.at("proxy_from_environment");
      Optional<TargetUrl> forHttp = fromEnvironment(place, "HTTP_PROXY");
      Optional<TargetUrl> forHttps = fromEnvironment(place, "HTTPS_PROXY");
      boolean any = forHttp.isPresent() || forHttps.isPresent();
      return new ProxyOptions(forHttp, forHttps, any ? withoutProxy() : List.of(), connectHeaders);
    }
    Optional<TargetUrl> proxy =
        section.text("proxy_url").flatMap(text -> url(section.at("proxy_url"), "a text", text));
    List<String> none = hosts(section.text("no_proxy"));
    if (!section.has("proxy_url") && !inputs.problems().knows(section.at("proxy_url"))) {
      needsProxy(section, "no_proxy", !none.isEmpty());
      needsProxy(section, "proxy_connect_header", !connectHeaders.isEmpty());
    }
    return new ProxyOptions(proxy, proxy, none, connectHeaders);
  }

  private void needsProxy(Section section, String key, boolean used) {
    if (used) {
      inputs.problems().add(section.at(key), "this key without a proxy", "proxy_url beside it");
    }
  }

  private Optional<TargetUrl> fromEnvironment(KeyPath place, String name) {
    // Of a proxy without a scheme, as curl and Go take it.
    return variable(name)
        .flatMap(
            text ->
                url(place, "in " + name + " one", text.contains("://") ? text : "http://" + text));
  }

  // As in Go, whose rules exempt the loopback addresses wherever there are any.
  private List<String> withoutProxy() {
    List<String> hosts = hosts(variable("NO_PROXY"));
    return hosts.isEmpty() ? List.of("localhost") : hosts;
  }

  private Optional<String> variable(String name) {
    return Stream.of(name, name.toLowerCase(Locale.ROOT))
        .map(inputs.environment()::get)
        .filter(value -> value != null && !value.isBlank())
        .findFirst();
  }

  private Optional<TargetUrl> url(KeyPath place, String what, String text) {
    try {
      TargetUrl url = TargetUrl.parse(text.strip(), inputs.secretQueryParameters());
      if (url.uri().getScheme().equals("http")) {
        return Optional.of(url);
      }
    } catch (IllegalArgumentException e) {
      // Said below, as for a URL of another scheme.
    }
    inputs.problems().add(place, what + " that is none", "a URL that starts with http://");
    return Optional.empty();
  }

  private static List<String> hosts(Optional<String> text) {
    return Arrays.stream(text.orElse("").split(","))
        .map(String::strip)
        .filter(host -> !host.isEmpty())
        .toList();
  }
}
