package dev.echosounder.comparison;

import dev.echosounder.testing.MetricsPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

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

  private static final Set<String> OF_THE_CERTIFICATE =
      Set.of(
          "probe_ssl_earliest_cert_expiry",
          "probe_ssl_last_chain_expiry_timestamp_seconds",
          "probe_ssl_last_chain_info",
          "probe_tls_version_info",
          "probe_tls_cipher_info");

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
    Double ourValue = ours.get(name);
    if (ourValue == null) {
      return isExplained(name) ? Optional.empty() : Optional.of(theirValue + " / absent");
    }
    double tolerance = TIMES.contains(family(name)) ? TOLERANCE_SECONDS : 0;
    boolean equal = Math.abs(theirValue - ourValue) <= tolerance;
    return equal || isExplained(name)
        ? Optional.empty()
        : Optional.of(theirValue + " / " + ourValue);
  }

  private boolean isExplained(String name) {
    return compared.differences().contains(Difference.SERVER_DOWN_IN_ONE_FAMILY)
        || (compared.differences().contains(Difference.CERTIFICATE_OF_A_REFUSED_HANDSHAKE)
            && OF_THE_CERTIFICATE.contains(family(name)));
  }

  private static String family(String series) {
    return series.substring(0, series.indexOf('{'));
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
