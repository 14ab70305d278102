package dev.echosounder.bus;

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
  HTTP_CONTENT_LENGTH(
      "probe_http_content_length", "Content-Length of the last answer, -1 where it had none."),
  HTTP_UNCOMPRESSED_BODY_LENGTH(
      "probe_http_uncompressed_body_length", "Length of the last answer's body in bytes."),
  HTTP_REDIRECTS("probe_http_redirects", "Redirects followed."),
  HTTP_SSL("probe_http_ssl", "Whether the last connection used TLS, 1 or 0."),
  HTTP_VERSION("probe_http_version", "HTTP version of the last answer."),
  SSL_EARLIEST_CERT_EXPIRY(
      "probe_ssl_earliest_cert_expiry",
      "Earliest expiry of the last connection's certificate chain, in seconds since the epoch.");

  private final String family;
  private final String help;

  Measure(String family, String help) {
    this.family = family;
    this.help = help;
  }

  /** The name of the metric family. */
  public String family() {
    return family;
  }

  /** The HELP text of the metric family. */
  public String help() {
    return help;
  }
}
