package dev.echosounder.comparison;

import dev.echosounder.testing.MetricsPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The pages of both exporters for one case, series by series. */
final class Comparison {

  /** Times agree if they differ by no more: a scripted delay is a second. */
  static final double TOLERANCE_SECONDS = 0.5;

  private static final Set<String> TIMES =
      Set.of(
          "probe_duration_seconds",
          "probe_dns_lookup_time_seconds",
          "probe_http_duration_seconds",
          "probe_dns_duration_seconds",
          "probe_grpc_duration_seconds");

  private final Case compared;
  private final Map<String, Double> theirs;
  private final Map<String, Double> ours;
  private final String reason;

  Comparison(Case compared, String theirPage, String ourPage) {
    this.compared = compared;
    this.theirs = series(theirPage, Set.of());
    this.ours = series(ourPage, Set.of("serialnumber"));
    this.reason =
        MetricsPage.parse(ourPage).all("probe_failure_info").stream()
            .map(sample -> sample.label("reason"))
            .findFirst()
            .orElse("ok");
  }

  private static Map<String, Double> series(String page, Set<String> withoutLabels) {
    Map<String, Double> series = new TreeMap<>();
    MetricsPage.parse(page)
        .samples()
        .forEach(
            (name, samples) ->
                samples.forEach(
                    sample -> {
                      Map<String, String> labels = new TreeMap<>(sample.labels());
                      labels.keySet().removeAll(withoutLabels);
                      series.put(name + labels, sample.value());
                    }));
    return series;
  }

  /** How many of blackbox_exporter's series were compared. */
  int count() {
    return theirs.size();
  }

  /** Whether the probe succeeded by blackbox_exporter and by Echosounder. */
  String verdicts() {
    return "%s / %s".formatted(verdict(theirs), verdict(ours));
  }

  private static String verdict(Map<String, Double> series) {
    return series.getOrDefault("probe_success{}", Double.NaN) == 1 ? "up" : "down";
  }

  /** Echosounder's reason. */
  String reason() {
    return reason;
  }

  /** What differs and is not known to: a line for each series. */
  List<String> unexplained() {
    List<String> lines = new ArrayList<>();
    theirs.forEach(
        (name, value) -> difference(name, value).ifPresent(text -> lines.add(name + ": " + text)));
    return lines;
  }

  private Optional<String> difference(String name, double theirValue) {
    Object ourValue = ours.containsKey(name) ? ours.get(name) : "absent";
    return agree(name) || isExplained(name)
        ? Optional.empty()
        : Optional.of(theirValue + " / " + ourValue);
  }

  private boolean agree(String name) {
    double tolerance = TIMES.contains(family(name)) ? TOLERANCE_SECONDS : 0;
    return ours.containsKey(name) && Math.abs(theirs.get(name) - ours.get(name)) <= tolerance;
  }

  private boolean isExplained(String name) {
    return compared.differences().stream().anyMatch(known -> known.explains(family(name)));
  }

  private static String family(String series) {
    return series.substring(0, series.indexOf('{'));
  }

  /** What is known to differ, but did not. */
  List<Difference> unseen() {
    return compared.differences().stream()
        .filter(known -> differing().noneMatch(name -> known.explains(family(name))))
        .toList();
  }

  private Stream<String> differing() {
    return theirs.keySet().stream().filter(name -> !agree(name));
  }

  /** A row of the table of all cases. */
  String row() {
    return "| %s | `%s` | %s | `%s` | %d | %s |"
        .formatted(
            compared.name(),
            compared.module(),
            verdicts(),
            reason(),
            count(),
            compared.differences().isEmpty()
                ? ""
                : String.join(", ", compared.differences().stream().map(Enum::name).toList()));
  }
}
