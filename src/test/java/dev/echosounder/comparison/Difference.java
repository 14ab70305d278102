package dev.echosounder.comparison;

/**
 * What Echosounder does otherwise than blackbox_exporter 0.23, on purpose. The page on migrating
 * has the same table, and a test compares.
 */
enum Difference {
  /** Debian's 0.23 is older than the reference, 0.28. */
  SERIAL_NUMBER(
      "`probe_ssl_last_chain_info` has the label `serialnumber`",
      "0.28 has it too; 0.23 did not yet"),
  CERTIFICATE_OF_A_REFUSED_HANDSHAKE(
      "the certificate's metrics are there though verification failed",
      "an expired certificate is when its expiry is of interest"),
  SERVER_DOWN_IN_ONE_FAMILY(
      "a host that listens on one of IPv4 and IPv6 is up",
      "clients of today try both; `ip_protocol_fallback: false` asks for one");

  private final String what;
  private final String why;

  Difference(String what, String why) {
    this.what = what;
    this.why = why;
  }

  String what() {
    return what;
  }

  String why() {
    return why;
  }
}
