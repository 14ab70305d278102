package dev.echosounder.comparison;

import java.util.Set;

/**
 * What Echosounder does otherwise than blackbox_exporter 0.23, on purpose. The page on migrating
 * has the same table, and a test compares.
 */
enum Difference {
  HOSTNAME_OF_TCP(
      "`hostname` is the TLS server name of TCP probes",
      "0.28 takes it so too; 0.23 did not yet",
      "probe_success",
      "probe_ssl_earliest_cert_expiry",
      "probe_ssl_last_chain_expiry_timestamp_seconds",
      "probe_ssl_last_chain_info",
      "probe_tls_version_info"),
  NO_ANSWER_OF_GRPC(
      "`probe_grpc_status_code` is 0 where no answer came",
      "the code that blackbox_exporter shows, 14, is its client's; `probe_failure_info` has the reason",
      "probe_grpc_status_code"),
  NO_CHAIN_VERIFIED(
      "`probe_ssl_last_chain_expiry_timestamp_seconds` is absent where nothing was verified",
      "blackbox_exporter shows the year 1",
      "probe_ssl_last_chain_expiry_timestamp_seconds"),
  PHASE_UNDER_WAY(
      "the phase in which a probe failed has its time",
      "where the time went is what one asks of a timeout",
      "probe_http_duration_seconds"),
  REDIRECT_TO_NOWHERE(
      "a redirect that cannot be followed is told: its status, its version, and that it came",
      "blackbox_exporter shows no answer at all",
      "probe_http_redirects",
      "probe_http_status_code",
      "probe_http_version");

  private final String what;
  private final String why;

  @SuppressWarnings("ImmutableEnumChecker") // It is copied.
  private final Set<String> families;

  Difference(String what, String why, String... families) {
    this.what = what;
    this.why = why;
    this.families = Set.of(families);
  }

  /** Whether a metric may differ for this. */
  boolean explains(String family) {
    return families.contains(family);
  }

  String what() {
    return what;
  }

  String why() {
    return why;
  }
}
