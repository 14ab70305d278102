package dev.echosounder.metrics;

import static dev.echosounder.metrics.Family.Scope.LABELLED_TARGET;
import static dev.echosounder.metrics.Family.Scope.SERVICE;
import static dev.echosounder.metrics.Family.Scope.TARGET;
import static io.prometheus.metrics.model.registry.MetricType.COUNTER;
import static io.prometheus.metrics.model.registry.MetricType.GAUGE;
import static io.prometheus.metrics.model.registry.MetricType.HISTOGRAM;
import static io.prometheus.metrics.model.registry.MetricType.INFO;

import dev.echosounder.bus.Info;
import dev.echosounder.bus.Measure;
import dev.echosounder.metrics.Family.Scope;
import io.prometheus.metrics.model.registry.MetricType;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every metric family of the application. docs/metrics.md says the same, and a test compares. */
final class Meters {

  static final Family REQUESTS =
      family("app_requests_count", COUNTER, SERVICE, "Echo requests answered.", "method", "code");

  static final Family REQUEST_DURATION =
      family(
          "app_request_duration_seconds",
          HISTOGRAM,
          SERVICE,
          "Time from an echo request to the last byte of its answer, in seconds.",
          "method");

  static final Family REFUSED =
      family(
          "echosounder_http_refused",
          COUNTER,
          SERVICE,
          "Connections and requests refused before it was looked at what they ask for.",
          "reason");

  static final Family TARGETS =
      family("echosounder_targets", GAUGE, SERVICE, "Targets this instance probes.");

  static final Family PROBES_IN_FLIGHT =
      family("echosounder_probes_in_flight", GAUGE, SERVICE, "Probes under way.");

  static final Family PROBES_SKIPPED =
      family(
          "echosounder_probes_skipped",
          COUNTER,
          SERVICE,
          "Turns skipped because the target's last probe was still under way.");

  static final Family PROBES_REFUSED =
      family(
          "echosounder_probes_refused",
          COUNTER,
          SERVICE,
          "Probes by /probe refused because too many were under way.");

  static final Family SCHEDULE_LAG =
      family(
          "echosounder_schedule_lag_seconds",
          HISTOGRAM,
          SERVICE,
          "How much later than its turn each scheduled probe started, in seconds.");

  static final Family RELOAD_SUCCESSFUL =
      family(
          "echosounder_config_last_reload_successful",
          GAUGE,
          SERVICE,
          "Whether the configuration read last is in force, 1 or 0.");

  static final Family RELOAD_SUCCESS_TIME =
      family(
          "echosounder_config_last_reload_success_timestamp_seconds",
          GAUGE,
          SERVICE,
          "When a configuration was last put in force, in seconds since the epoch.");

  static final Family VERTICLE_UP =
      family(
          "echosounder_verticle_up",
          GAUGE,
          SERVICE,
          "Whether each verticle answers, 1 or 0; 0 where its event loop is blocked.",
          "verticle");

  static final Family VERTICLE_STALLS =
      family(
          "echosounder_verticle_stalls",
          COUNTER,
          SERVICE,
          "How often each verticle ceased to answer for two seconds or more.",
          "verticle");

  static final Family DISCOVERED_TARGETS =
      discovery(
          "echosounder_discovered_targets", GAUGE, "Discovered targets this instance probes.");

  static final Family DISCOVERY_LEFT_OUT =
      discovery(
          "echosounder_discovery_left_out_targets",
          GAUGE,
          "Discovered targets that clash with others or name an unknown module.");

  static final Family DISCOVERY_FAILING =
      discovery(
          "echosounder_discovery_failing_sources",
          GAUGE,
          "Files or endpoints whose last reading failed, so that older targets are in force.");

  static final Family DISCOVERY_FAILURES =
      discovery(
          "echosounder_discovery_failures", COUNTER, "Readings of files or endpoints that failed.");

  static final Family SPANS_EXPORTED =
      family(
          "echosounder_tracing_spans_exported", COUNTER, SERVICE, "Spans the collector has taken.");

  static final Family SPANS_DROPPED =
      family(
          "echosounder_tracing_spans_dropped",
          COUNTER,
          SERVICE,
          "Spans that did not reach the collector.",
          "reason");

  static final Family BUILD_INFO =
      family(
          "echosounder_build",
          INFO,
          SERVICE,
          "The version of Echosounder and the Java it runs on.",
          "version",
          "java_version");

  static final Family EXTERNAL_URL_UP =
      family("sample_external_url_up", GAUGE, TARGET, "Whether the target is up, 1 or 0.");

  static final Family EXTERNAL_URL_RESPONSE =
      family(
          "sample_external_url_response_ms",
          GAUGE,
          TARGET,
          "Time the newest probe took until its outcome was known, in milliseconds.");

  static final Family PROBE_SUCCESS =
      family(
          "probe_success", GAUGE, LABELLED_TARGET, "Whether the newest probe succeeded, 1 or 0.");

  static final Family PROBE_DURATION =
      family(
          "probe_duration_seconds",
          GAUGE,
          LABELLED_TARGET,
          "Time the newest probe took until its outcome was known, in seconds.");

  /** The label that tells phases apart. */
  static final String PHASE = "phase";

  static final Family PROBE_HTTP_PHASES =
      family(
          "probe_http_duration_seconds",
          GAUGE,
          LABELLED_TARGET,
          "Time each phase of the newest probe took, over all redirects, in seconds.",
          PHASE);

  static final Family PROBE_TCP_PHASES =
      family(
          "probe_tcp_duration_seconds",
          GAUGE,
          LABELLED_TARGET,
          "Time each phase of the newest TCP probe took, in seconds.",
          PHASE);

  static final Family PROBE_DNS_PHASES =
      family(
          "probe_dns_duration_seconds",
          GAUGE,
          LABELLED_TARGET,
          "Time each phase of the newest DNS probe took, in seconds.",
          PHASE);

  static final Family PROBE_GRPC_PHASES =
      family(
          "probe_grpc_duration_seconds",
          GAUGE,
          LABELLED_TARGET,
          "Time each phase of the newest gRPC probe took, in seconds.",
          PHASE);

  static final Family PROBE_STATUS =
      family("probe_http_status_code", GAUGE, LABELLED_TARGET, "Status code of the newest answer.");

  /** The label that tells the addresses of one target apart. */
  static final String IP = "ip";

  static final Family PROBE_IP_SUCCESS =
      family(
          "probe_ip_success",
          GAUGE,
          LABELLED_TARGET,
          "Whether the newest probe of each address succeeded, 1 or 0.",
          IP);

  static final Family PROBE_IP_DURATION =
      family(
          "probe_ip_duration_seconds",
          GAUGE,
          LABELLED_TARGET,
          "Time the newest probe of each address took until its outcome was known, in seconds.",
          IP);

  static final Family PROBE_ATTEMPTS =
      family(
          "probe_attempts",
          COUNTER,
          LABELLED_TARGET,
          "Probes finished, those that were tried again included.",
          "reason");

  static final Family PROBE_ATTEMPT_DURATION =
      family(
          "probe_attempt_duration_seconds",
          HISTOGRAM,
          LABELLED_TARGET,
          "Time the probes of a target with histogram took, those tried again included, in seconds.");

  static final Family PROBE_LAST_RUN =
      family(
          "probe_last_run_timestamp_seconds",
          GAUGE,
          LABELLED_TARGET,
          "When the newest result was taken, in seconds since the epoch.");

  /**
   * On the page of {@code /probe} alone: on {@code /metrics} the attempts are counted by reason.
   */
  static final Family PROBE_FAILURE =
      family("probe_failure", INFO, SERVICE, "Why the probe failed.", "reason");

  private static final Map<Measure, Family> MEASURES = measures();
  private static final Map<Info, Family> INFOS = infos();

  /** All families of {@code /metrics}. */
  static final List<Family> ALL =
      Stream.of(
              Stream.of(
                  REQUESTS,
                  REQUEST_DURATION,
                  EXTERNAL_URL_UP,
                  EXTERNAL_URL_RESPONSE,
                  PROBE_SUCCESS,
                  PROBE_DURATION,
                  PROBE_HTTP_PHASES,
                  PROBE_TCP_PHASES,
                  PROBE_DNS_PHASES,
                  PROBE_GRPC_PHASES,
                  PROBE_STATUS,
                  PROBE_IP_SUCCESS,
                  PROBE_IP_DURATION,
                  PROBE_ATTEMPTS,
                  PROBE_ATTEMPT_DURATION,
                  PROBE_LAST_RUN,
                  REFUSED,
                  TARGETS,
                  PROBES_IN_FLIGHT,
                  PROBES_SKIPPED,
                  PROBES_REFUSED,
                  SCHEDULE_LAG,
                  RELOAD_SUCCESSFUL,
                  RELOAD_SUCCESS_TIME,
                  VERTICLE_UP,
                  VERTICLE_STALLS,
                  DISCOVERED_TARGETS,
                  DISCOVERY_LEFT_OUT,
                  DISCOVERY_FAILING,
                  DISCOVERY_FAILURES,
                  SPANS_EXPORTED,
                  SPANS_DROPPED,
                  BUILD_INFO),
              Arrays.stream(Measure.values()).map(Meters::of).distinct(),
              Arrays.stream(Info.values()).map(Meters::of))
          .flatMap(Function.identity())
          .toList();

  private Meters() {}

  /** The family of a measure: a gauge of the target. Several may have the same one. */
  static Family of(Measure measure) {
    return Objects.requireNonNull(MEASURES.get(measure));
  }

  private static Map<Measure, Family> measures() {
    Map<String, Family> byName = new HashMap<>();
    Map<Measure, Family> families = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      String[] labels = measure.label().stream().map(Measure.Label::name).toArray(String[]::new);
      families.put(
          measure,
          byName.computeIfAbsent(
              measure.family(),
              name -> family(name, GAUGE, LABELLED_TARGET, measure.help(), labels)));
    }
    return families;
  }

  /** The family of an info of the target. */
  static Family of(Info info) {
    return Objects.requireNonNull(INFOS.get(info));
  }

  private static Map<Info, Family> infos() {
    Map<Info, Family> families = new EnumMap<>(Info.class);
    for (Info info : Info.values()) {
      String name = info.family().replaceFirst("_info$", "");
      String[] labels = info.labels().toArray(String[]::new);
      families.put(info, family(name, INFO, LABELLED_TARGET, info.help(), labels));
    }
    return families;
  }

  private static Family discovery(String name, MetricType type, String help) {
    return family(name, type, SERVICE, help, "mechanism");
  }

  private static Family family(
      String name, MetricType type, Scope scope, String help, String... labels) {
    return new Family(name, type, help, scope, List.of(labels));
  }
}
