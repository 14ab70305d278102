package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.settings.Secret;
import dev.echosounder.settings.ServerTls;
import dev.echosounder.settings.ServerTls.ClientAuth;
import dev.echosounder.settings.TlsOptions.Version;
import dev.echosounder.settings.Web;
import dev.echosounder.testing.Mistakes;
import dev.echosounder.testing.PemText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WebConfigurationTest extends ConfigFixture {

  private static final String HASH = "$2y$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi";
  private static final String PAIR = "cert_file: cert.pem, key_file: key.pem";

  @BeforeEach
  void putCertificates() throws Exception {
    PemText pem = PemText.ofCurve();
    put("cert.pem", pem.certificate());
    put("key.pem", pem.key());
    put("other-key.pem", PemText.ofCurve().key());
  }

  private void put(String name, String content) throws IOException {
    Files.writeString(directory.resolve(name), content);
  }

  private Web web(String yaml) throws Exception {
    put("web.yml", yaml);
    return settings("web: {config_file: web.yml}\n").web();
  }

  private ServerTls tls(String more) throws Exception {
    return web("tls_server_config: {" + PAIR + more + "}\n").tls().orElseThrow();
  }

  static Stream<Arguments> mistakes() throws IOException {
    return Mistakes.in("/config/bad-web-inputs.txt");
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void every_problem_is_told_with_its_file_and_nothing_else(String yaml, List<String> problems)
      throws Exception {
    put("web.yml", yaml);

    Reading reading = read("web: {config_file: web.yml}\n");

    assertThat(reading.settings()).isEmpty();
    assertThat(reading.problems()).containsExactlyElementsOf(problems);
    assertThat(reading.toString()).doesNotContain("hunter2", "$2y$");
  }

  @Test
  void without_a_file_all_is_open() throws Exception {
    assertThat(settings("app_name: x\n").web()).isEqualTo(Web.OPEN);
    assertThat(settings("web: {config_file: \"\"}\n").web()).isEqualTo(Web.OPEN);
    assertThat(web("{}\n")).isEqualTo(Web.OPEN);
  }

  @Test
  void everything_is_read() throws Exception {
    Web web =
        web(
            """
            tls_server_config:
              cert_file: cert.pem
              key_file: key.pem
              client_auth_type: RequireAndVerifyClientCert
              client_ca_file: cert.pem
              client_allowed_sans: [prometheus, 10.0.0.1]
              min_version: TLS12
              max_version: TLS12
              cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]
              prefer_server_cipher_suites: false
            http_server_config:
              http2: false
              headers:
                X-Frame-Options: deny
                X-Content-Type-Options: nosniff
                X-XSS-Protection: ""
                Strict-Transport-Security: max-age=31536000
                Content-Security-Policy: default-src 'self'
            basic_auth_users:
              ada: %s
            rate_limit: {interval: 100ms, burst: 20}
            """
                .formatted(HASH));

    ServerTls tls = web.tls().orElseThrow();
    assertThat(tls.clients().auth()).isEqualTo(ClientAuth.REQUIRE_AND_VERIFY);
    assertThat(tls.clients().authorities()).hasSize(1);
    assertThat(tls.clients().allowedNames()).containsExactly("prometheus", "10.0.0.1");
    assertThat(tls.lowest()).isEqualTo(Version.TLS12);
    assertThat(tls.highest()).isEqualTo(Version.TLS12);
    assertThat(tls.cipherSuites()).containsExactly("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
    assertThat(tls.preferServerCipherSuites()).isFalse();
    assertThat(web.http2()).isFalse();
    assertThat(web.headers())
        .hasSize(4)
        .containsEntry("X-Frame-Options", "deny")
        .doesNotContainKey("X-XSS-Protection");
    assertThat(web.users()).isEqualTo(Map.of("ada", new Secret(HASH)));
    assertThat(web.rateLimit()).contains(new Web.RateLimit(Duration.ofMillis(100), 20));
    assertThat(web.toString()).doesNotContain("$2y$", "PrivateKey");
  }

  @ParameterizedTest
  @CsvSource({
    "NoClientCert, NONE",
    "RequestClientCert, REQUEST",
    "RequireAnyClientCert, REQUIRE_ANY",
    "RequireClientCert, REQUIRE_ANY",
  })
  void client_auth_types_are_those_of_the_toolkit(String type, ClientAuth auth) throws Exception {
    assertThat(tls(", client_auth_type: " + type).clients().auth()).isEqualTo(auth);
  }

  @Test
  void certificates_may_stand_in_the_file() throws Exception {
    PemText pem = PemText.ofCurve();

    Web web =
        web(
            "tls_server_config: {cert: %s, key: %s}\n"
                .formatted(quoted(pem.certificate()), quoted(pem.oldKey())));

    assertThat(web.tls()).isPresent();
  }

  private static String quoted(String pem) {
    return '"' + pem.replace("\n", "\\n") + '"';
  }

  @Test
  void curves_take_a_jdk_that_can_choose_them() throws Exception {
    put("web.yml", "tls_server_config: {" + PAIR + ", curve_preferences: [X25519, CurveP256]}\n");

    Reading reading = read("web: {config_file: web.yml}\n");

    int jdk = Runtime.version().feature();
    if (jdk >= 20) {
      assertThat(reading.settings().orElseThrow().web().tls().orElseThrow().curves())
          .containsExactly("x25519", "secp256r1");
    } else {
      assertThat(reading.problems())
          .containsExactly(
              "web.yml: tls_server_config.curve_preferences: got this key on a JDK "
                  + jdk
                  + ", expected a JDK 20 or newer, which can choose curves, or no such key");
    }
  }

  @Test
  void paths_are_relative_to_the_file_that_has_them() throws Exception {
    Path beside = Files.createDirectory(directory.resolve("web"));
    Files.copy(directory.resolve("cert.pem"), beside.resolve("server.pem"));
    Files.copy(directory.resolve("key.pem"), beside.resolve("server.key"));
    Files.writeString(
        beside.resolve("config.yml"),
        "tls_server_config: {cert_file: server.pem, key_file: server.key}\n");

    assertThat(settings("web: {config_file: web/config.yml}\n").web().tls()).isPresent();
  }

  @Test
  void a_file_that_is_not_there_is_a_problem_of_the_key_that_names_it() throws Exception {
    assertThat(read("web: {config_file: gone.yml}\n").problems())
        .containsExactly(
            "web.config_file: got no file, expected a file of at most 1 MiB that can be read");
  }

  @Test
  void a_variable_names_the_file() throws Exception {
    put("web.yml", "http_server_config: {http2: false}\n");

    Reading reading = read("app_name: x\n", Map.of("ECHOSOUNDER_WEB_CONFIG_FILE", "web.yml"));

    assertThat(reading.settings().map(settings -> settings.web().http2()))
        .isEqualTo(Optional.of(false));
  }

  @Test
  void what_takes_a_restart_is_named() throws Exception {
    Web plain = web("http_server_config: {http2: false}\n");
    Web secured = web("tls_server_config: {" + PAIR + "}\n");

    assertThat(secured.needRestart(plain))
        .containsExactly("tls_server_config (TLS on or off)", "http_server_config.http2");
    assertThat(plain.needRestart(plain)).isEmpty();
  }
}
