package dev.echosounder.reader;

import dev.echosounder.schema.Section;
import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.Settings.Discovery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads where more targets come from.
 *
 * @param directory what the paths of files are relative to
 * @param dialable what probes may dial; endpoints may be anywhere that is not denied
 */
record DiscoveryReader(UrlReader urls, Path directory, AddressFilter dialable) {

  /** Prometheus' default. */
  private static final Duration DEFAULT_REFRESH = Duration.ofSeconds(60);

  Discovery read(Section root) {
    return new Discovery(
        root.list("targets_files", path -> directory.resolve((String) path).toString()),
        sources(root),
        root.duration("query_interval_in_seconds"),
        root.duration("request_timeout_in_seconds"));
  }

  private List<Discovery.HttpSource> sources(Section root) {
    return root.sections("targets_http").stream()
        .map(this::source)
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Discovery.HttpSource> source(Section section) {
    return section
        .text("url")
        .flatMap(text -> urls.http(section.at("url"), text))
        .map(
            url ->
                new Discovery.HttpSource(
                    url,
                    section.durationIfAny("refresh_interval").orElse(DEFAULT_REFRESH),
                    dialable.deniedOnly()));
  }
}
