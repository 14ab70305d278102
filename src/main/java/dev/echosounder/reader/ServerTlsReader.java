package dev.echosounder.reader;

import dev.echosounder.schema.Problems;
import dev.echosounder.schema.Section;
import dev.echosounder.settings.ServerTls;
import dev.echosounder.settings.ServerTls.ClientAuth;
import dev.echosounder.settings.ServerTls.Clients;
import dev.echosounder.settings.TlsOptions.Identity;
import dev.echosounder.settings.TlsOptions.Version;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads how the service does TLS, from {@code tls_server_config} of a web configuration. */
record ServerTlsReader(Problems problems, FilesReader files) {

  /** The first with {@code SSLParameters.setNamedGroups}. */
  private static final int JDK_WITH_CURVES = 20;

  private static final Map<String, String> CURVES =
      Map.of(
          "CurveP256", "secp256r1",
          "CurveP384", "secp384r1",
          "CurveP521", "secp521r1",
          "X25519", "x25519");

  /** Empty if there are problems. */
  Optional<ServerTls> read(Section tls) {
    CertificateReader certificates = new CertificateReader(problems, files);
    Optional<Identity> identity = certificates.identity(tls);
    checkThere(tls);
    Version lowest = Version.valueOf(tls.text("min_version", "TLS12"));
    Version highest = Version.valueOf(tls.text("max_version", "TLS13"));
    if (lowest.compareTo(highest) > 0) {
      problems.add(
          tls.at("max_version"), highest.toString(), "no less than min_version, " + lowest);
    }
    Clients clients = clients(tls, certificates.chain(tls, "client_ca"));
    checkCurves(tls);
    return identity.map(
        own ->
            new ServerTls(
                own,
                clients,
                lowest,
                highest,
                tls.list("cipher_suites", String.class::cast),
                tls.flag("prefer_server_cipher_suites", true),
                tls.list("curve_preferences", CURVES::get)));
  }

  private void checkThere(Section tls) {
    if (files.missing(tls, "cert") && files.missing(tls, "key")) {
      problems.add(tls.path(), "no certificate", "cert_file and key_file, or cert and key");
    }
  }

  private Clients clients(Section tls, Optional<List<X509Certificate>> authorities) {
    ClientAuth auth = auth(tls);
    if (auth.verified() && files.missing(tls, "client_ca")) {
      problems.add(
          tls.at("client_auth_type"),
          auth.configured() + " without client_ca",
          "client_ca_file or client_ca as well");
    }
    if (auth == ClientAuth.NONE && !files.missing(tls, "client_ca")) {
      problems.add(
          tls.at("client_auth_type"),
          auth.configured() + " beside client_ca",
          "a type that asks for certificates, such as RequireAndVerifyClientCert");
    }
    if (tls.has("client_allowed_sans") && !auth.required()) {
      problems.add(
          tls.at("client_allowed_sans"),
          "this key with the type " + auth.configured(),
          "client_auth_type RequireAnyClientCert or RequireAndVerifyClientCert beside it");
    }
    return new Clients(
        auth, authorities.orElse(List.of()), tls.list("client_allowed_sans", String.class::cast));
  }

  private static ClientAuth auth(Section tls) {
    String configured = tls.text("client_auth_type", "NoClientCert");
    return Stream.of(ClientAuth.values())
        .filter(auth -> auth.configured().equals(configured))
        .findFirst()
        // The toolkit's old name of it.
        .orElse(ClientAuth.REQUIRE_ANY);
  }

  private void checkCurves(Section tls) {
    int jdk = Runtime.version().feature();
    if (!tls.list("curve_preferences", any -> any).isEmpty() && jdk < JDK_WITH_CURVES) {
      problems.add(
          tls.at("curve_preferences"),
          "this key on a JDK " + jdk,
          "a JDK " + JDK_WITH_CURVES + " or newer, which can choose curves, or no such key");
    }
  }
}
