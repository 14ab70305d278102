package dev.echosounder.bus;

import java.util.List;

/**
 * What a probe may have found that is a text: metrics whose value is 1 and whose labels tell it, by
 * blackbox_exporter's names and meanings.
 */
public enum Info {
  TLS_VERSION(
      "probe_tls_version_info", "The version of TLS that the last connection used.", "version"),
  TLS_CIPHER("probe_tls_cipher_info", "The cipher suite that the last connection used.", "cipher"),
  TLS_CHAIN(
      "probe_ssl_last_chain_info",
      "The certificate that the server presented last.",
      "fingerprint_sha256",
      "subject",
      "issuer",
      "subjectalternative",
      "serialnumber"),
  /** Its labels are those of the module. */
  EXPECT("probe_expect_info", "What the peer said, as far as the module asks for it.");

  private final String family;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // It is copied.
  private final List<String> labels;

  Info(String family, String help, String... labels) {
    this.family = family;
    this.help = help;
    this.labels = List.of(labels);
  }

  /** The name of the metric, {@code _info} included. */
  public String family() {
    return family;
  }

  /** The HELP text. */
  public String help() {
    return help;
  }

  /** The names of its labels; empty where they are not fixed. */
  public List<String> labels() {
    return labels;
  }
}
