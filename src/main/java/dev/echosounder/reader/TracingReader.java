package dev.echosounder.reader;

import dev.echosounder.schema.Problems;
import dev.echosounder.schema.Section;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.TargetUrl;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads where spans are sent. */
record TracingReader(Problems problems, UrlReader urls) {

  /** Where an OTLP/HTTP receiver takes spans, below its base URL. */
  private static final String PATH = "/v1/traces";

  /** The exporter sets these by itself. */
  private static final Set<String> OWN =
      Set.of(
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "host",
          "transfer-encoding",
          "upgrade");

  Settings.Tracing read(Section tracing) {
    Optional<TargetUrl> endpoint = endpoint(tracing);
    Map<String, Secret> headers = tracing.texts("headers", Secret::new);
    headers.keySet().stream()
        .filter(name -> OWN.contains(name.toLowerCase(Locale.ROOT)))
        .forEach(
            name ->
                problems.add(
                    tracing.at("headers").key(name),
                    "a header that the exporter sets itself",
                    "any other"));
    double ratio = tracing.has("sample_ratio") ? tracing.decimal("sample_ratio") : 0;
    return new Settings.Tracing(endpoint, ratio, headers);
  }

  private Optional<TargetUrl> endpoint(Section tracing) {
    return tracing
        .text("otlp_endpoint")
        .filter(text -> !text.isEmpty())
        .flatMap(text -> urls.http(tracing.at("otlp_endpoint"), text))
        .filter(base -> isBase(tracing, base.uri()))
        .flatMap(base -> urls.http(tracing.at("otlp_endpoint"), withPath(base.uri().toString())));
  }

  private boolean isBase(Section tracing, URI base) {
    if (base.getRawAuthority().contains("@")) {
      refuse(tracing, "a URL with userinfo", "one without: credentials belong in tracing.headers");
    } else if (base.getRawQuery() != null || base.getRawFragment() != null) {
      refuse(tracing, "a URL with a query or a fragment", "one that ends with its path");
    } else if (withoutSlashes(base.toString()).endsWith(PATH)) {
      refuse(tracing, "a URL that ends in " + PATH, "the one before it, to which it is added");
    } else {
      return true;
    }
    return false;
  }

  private void refuse(Section tracing, String got, String expected) {
    problems.add(tracing.at("otlp_endpoint"), got, expected);
  }

  private static String withPath(String base) {
    return withoutSlashes(base) + PATH;
  }

  private static String withoutSlashes(String base) {
    return base.replaceFirst("/+$", "");
  }
}
