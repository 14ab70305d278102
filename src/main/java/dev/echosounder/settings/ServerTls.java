package dev.echosounder.settings;

import dev.echosounder.settings.TlsOptions.Identity;
import dev.echosounder.settings.TlsOptions.Version;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/**
 * How the service itself does TLS. Equal ones are the same, so that a reload which reads the same
 * certificates changes nothing.
 *
 * @param identity the server's certificate and its key
 * @param clients who must show what certificate
 * @param lowest the lowest version spoken
 * @param highest the highest version spoken
 * @param cipherSuites of TLS 1.2, by their names in the JDK, the preferred one first; empty stands
 *     for those with forward secrecy and AEAD
 * @param preferServerCipherSuites whether that order decides, not the client's
 * @param curves of key exchange, by their names in the JDK, the preferred one first; empty stands
 *     for the JDK's
 */
public record ServerTls(
    Identity identity,
    Clients clients,
    Version lowest,
    Version highest,
    List<String> cipherSuites,
    boolean preferServerCipherSuites,
    List<String> curves) {

  public ServerTls {
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(clients, "clients");
    Objects.requireNonNull(lowest, "lowest");
    Objects.requireNonNull(highest, "highest");
    cipherSuites = List.copyOf(cipherSuites);
    curves = List.copyOf(curves);
  }

  /**
   * What is asked of clients.
   *
   * @param authorities who may have signed a certificate that is verified
   * @param allowedNames alternative names of which a certificate must have one; empty stands for
   *     any
   */
  public record Clients(
      ClientAuth auth, List<X509Certificate> authorities, List<String> allowedNames) {

    /** No certificate is asked for. */
    public static final Clients ANYBODY = new Clients(ClientAuth.NONE, List.of(), List.of());

    public Clients {
      Objects.requireNonNull(auth, "auth");
      authorities = List.copyOf(authorities);
      allowedNames = List.copyOf(allowedNames);
    }
  }

  /** Whether clients are asked for a certificate, must have one, and whether it is verified. */
  public enum ClientAuth {
    NONE("NoClientCert", false, false),
    REQUEST("RequestClientCert", false, false),
    REQUIRE_ANY("RequireAnyClientCert", true, false),
    VERIFY_IF_GIVEN("VerifyClientCertIfGiven", false, true),
    REQUIRE_AND_VERIFY("RequireAndVerifyClientCert", true, true);

    private final String configured;
    private final boolean required;
    private final boolean verified;

    ClientAuth(String configured, boolean required, boolean verified) {
      this.configured = configured;
      this.required = required;
      this.verified = verified;
    }

    /** Its name in a web configuration. */
    public String configured() {
      return configured;
    }

    /** Whether a client must have a certificate. */
    public boolean required() {
      return required;
    }

    /** Whether a certificate must be valid and of an authority. */
    public boolean verified() {
      return verified;
    }
  }
}
