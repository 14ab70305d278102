package dev.echosounder.bus;

import java.util.Optional;

/**
 * What a probe may measure beside its result, duration, phases and status code: gauges by
 * blackbox_exporter's names and meanings. A prober reports the measures it took; those it did not
 * take are absent.
 */
public enum Measure {
  DNS_LOOKUP_TIME(
      "probe_dns_lookup_time_seconds",
      "Time the name resolution took, over all redirects, in seconds."),
  IP_PROTOCOL("probe_ip_protocol", "Version of the IP protocol the last connection used, 4 or 6."),
  IP_ADDR_HASH(
      "probe_ip_addr_hash",
      "Hash (FNV-1a) of the address of the last connection, which differs where the address does."),
  HTTP_CONTENT_LENGTH(
      "probe_http_content_length", "Content-Length of the last answer, -1 where it had none."),
  HTTP_UNCOMPRESSED_BODY_LENGTH(
      "probe_http_uncompressed_body_length", "Length of the last answer's body in bytes."),
  HTTP_REDIRECTS("probe_http_redirects", "Redirects received."),
  HTTP_SSL("probe_http_ssl", "Whether the last connection used TLS, 1 or 0."),
  HTTP_VERSION("probe_http_version", "HTTP version of the last answer."),
  HTTP_LAST_MODIFIED(
      "probe_http_last_modified_timestamp_seconds",
      "Last-Modified of the last answer, in seconds since the epoch."),
  FAILED_DUE_TO_REGEX(
      "probe_failed_due_to_regex", "Whether a regular expression failed the probe, 1 or 0."),
  FAILED_DUE_TO_CEL(
      "probe_failed_due_to_cel", "Whether a CEL expression failed the probe, 1 or 0."),
  FAILED_DUE_TO_BYTES(
      "probe_failed_due_to_bytes", "Whether other bytes than expected failed the probe, 1 or 0."),
  OAUTH2_TOKEN_TIME(
      "probe_oauth2_token_duration_seconds",
      "Time it took to get a bearer token, where the probe had to, in seconds."),
  SSL_EARLIEST_CERT_EXPIRY(
      "probe_ssl_earliest_cert_expiry",
      "Earliest expiry of the last connection's certificate chain, in seconds since the epoch."),
  SSL_LAST_CHAIN_EXPIRY(
      "probe_ssl_last_chain_expiry_timestamp_seconds",
      "Earliest expiry of the chain that was verified, in seconds since the epoch."),
  SSL_CHAIN_NOT_BEFORE(
      "probe_ssl_chain_not_before_timestamp_seconds",
      "When the last certificate of the chain to do so became valid, in seconds since the epoch."),
  DNS_ANSWER_RRS("probe_dns_answer_rrs", "Records in the answer section."),
  DNS_AUTHORITY_RRS("probe_dns_authority_rrs", "Records in the authority section."),
  DNS_ADDITIONAL_RRS("probe_dns_additional_rrs", "Records in the additional section."),
  DNS_QUERY_SUCCEEDED(
      "probe_dns_query_succeeded", "Whether the question was answered, whatever by, 1 or 0."),
  DNS_SERIAL("probe_dns_serial", "Serial number of the zone, where its SOA was asked for."),
  GRPC_SSL("probe_grpc_ssl", "Whether the connection used TLS, 1 or 0."),
  GRPC_STATUS_CODE("probe_grpc_status_code", "gRPC status code of the answer."),
  GRPC_HEALTH_UNKNOWN(Health.FAMILY, Health.HELP, Health.LABEL, "UNKNOWN"),
  GRPC_HEALTH_SERVING(Health.FAMILY, Health.HELP, Health.LABEL, "SERVING"),
  GRPC_HEALTH_NOT_SERVING(Health.FAMILY, Health.HELP, Health.LABEL, "NOT_SERVING"),
  GRPC_HEALTH_SERVICE_UNKNOWN(Health.FAMILY, Health.HELP, Health.LABEL, "SERVICE_UNKNOWN");

  private final String family;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // Both are.
  private final Optional<Label> label;

  Measure(String family, String help) {
    this.family = family;
    this.help = help;
    this.label = Optional.empty();
  }

  Measure(String family, String help, String label, String value) {
    this.family = family;
    this.help = help;
    this.label = Optional.of(new Label(label, value));
  }

  /** The name of the metric family; several measures may be one family. */
  public String family() {
    return family;
  }

  /** The HELP text of the metric family. */
  public String help() {
    return help;
  }

  /** What tells the measure from others of its family. */
  public Optional<Label> label() {
    return label;
  }

  /** A label of a metric. */
  public record Label(String name, String value) {}

  private static final class Health {
    static final String FAMILY = "probe_grpc_healthcheck_response";
    static final String HELP = "Whether this is the health that the service told, 1 or 0.";
    static final String LABEL = "serving_status";
  }
}
