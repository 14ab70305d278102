package dev.echosounder.settings;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a probe does TLS, by Prometheus' {@code tls_config}. Equal options are the same options, so
 * that a reload which reads the same certificates changes nothing.
 *
 * @param insecureSkipVerify whether any certificate is accepted, expired and for other hosts too
 * @param serverName the name sent and verified, if not that of the target
 * @param lowest the lowest version spoken, if not the JDK's
 * @param highest the highest version spoken, if not the JDK's
 * @param authorities who is believed; empty stands for the JDK's authorities
 * @param identity the client's own certificate
 */
public record TlsOptions(
    boolean insecureSkipVerify,
    Optional<String> serverName,
    Optional<Version> lowest,
    Optional<Version> highest,
    List<X509Certificate> authorities,
    Optional<Identity> identity) {

  /** Verified by the JDK's authorities, no certificate of our own. */
  public static final TlsOptions DEFAULT =
      new TlsOptions(
          false, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());

  public TlsOptions {
    Objects.requireNonNull(serverName, "serverName");
    Objects.requireNonNull(lowest, "lowest");
    Objects.requireNonNull(highest, "highest");
    authorities = List.copyOf(authorities);
    Objects.requireNonNull(identity, "identity");
  }

  /** These options with this server name, unless they have one. */
  public TlsOptions withServerName(String name) {
    return serverName.isPresent()
        ? this
        : new TlsOptions(
            insecureSkipVerify, Optional.of(name), lowest, highest, authorities, identity);
  }

  /** These options without what is for the target alone: its name, and who the client is. */
  public TlsOptions elsewhere() {
    return serverName.isEmpty() && identity.isEmpty()
        ? this
        : new TlsOptions(
            insecureSkipVerify, Optional.empty(), lowest, highest, authorities, Optional.empty());
  }

  /** Versions of TLS that a JDK speaks; it has 1.0 and 1.1 disabled. */
  public enum Version {
    TLS12("TLSv1.2"),
    TLS13("TLSv1.3");

    private final String jdkName;

    Version(String jdkName) {
      this.jdkName = jdkName;
    }

    /** The JDK's name of the version. */
    public String jdkName() {
      return jdkName;
    }
  }

  /**
   * A certificate and its key.
   *
   * @param chain the client's certificate first
   */
  public record Identity(PrivateKey key, List<X509Certificate> chain) {

    public Identity {
      Objects.requireNonNull(key, "key");
      chain = List.copyOf(chain);
    }

    /** Never the key. */
    @Override
    public String toString() {
      return Secret.SHOWN;
    }
  }
}
