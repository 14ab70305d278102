package dev.echosounder.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.echosounder.HealthCheck;
import dev.echosounder.testing.Authority;
import dev.echosounder.testing.HttpsClient;
import dev.echosounder.testing.Identity;
import dev.echosounder.testing.Pem;
import dev.echosounder.testing.PemText;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A web configuration, with all that a jar or a run time may lack for it. */
@Tag("integration")
class WebAccessTest {

  private static final String TLS = "cert_file: server.pem, key_file: server.key";

  @TempDir private Path folder;

  private Subject start(String certificate, String key, String web) throws IOException {
    Files.writeString(folder.resolve("server.pem"), certificate);
    Files.writeString(folder.resolve("server.key"), key);
    Files.writeString(folder.resolve("web.yml"), web);
    return Subject.start(folder, "web: {config_file: web.yml}");
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, 2048, SHA256withRSA, false",
    "RSA, 2048, SHA256withRSA, true",
    "EC, 256, SHA256withECDSA, false",
    "EC, 384, SHA384withECDSA, true"
  })
  void keys_of_either_kind_and_form_are_taken(
      String algorithm, int size, String signature, boolean oldForm) throws Exception {
    PemText pem = PemText.of(algorithm, size, signature);
    String key = oldForm ? pem.oldKey() : pem.key();

    try (Subject service = start(pem.certificate(), key, "tls_server_config: {" + TLS + "}")) {
      String health = "https://127.0.0.1:" + service.port() + "/healthcheck/ready";
      Subject.eventually(() -> assertThat(HealthCheck.ask(health)).isEmpty());
    }
  }

  @Test
  void users_log_in_over_either_version_of_http_and_nobody_else_does() throws Exception {
    Authority authority = new Authority();
    Identity own = authority.issue("127.0.0.1");
    String hash = BCrypt.withDefaults().hashToString(4, "s3cret".toCharArray());
    String web = "tls_server_config: {" + TLS + "}\nbasic_auth_users: {ada: '" + hash + "'}\n";

    try (Subject service = start(Pem.certificate(own.certificate()), Pem.key(own), web)) {
      HttpsClient client = HttpsClient.of(authority);
      for (Version version : Version.values()) {
        HttpResponse<String> refused = ask(client, service, version, "GET", "/metrics", "wrong");
        assertThat(refused.statusCode()).isEqualTo(401);
        HttpResponse<String> page = ask(client, service, version, "GET", "/metrics", "s3cret");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.version()).isEqualTo(version);
        assertThat(ask(client, service, version, "POST", "/-/reload", "s3cret").statusCode())
            .isEqualTo(200);
      }
      Subject.eventually(
          () ->
              assertThat(ask(client, service, Version.HTTP_2, "GET", "/metrics", "s3cret").body())
                  .contains("echosounder_http_refused_total{reason=\"unauthorized\"} 2"));
    }
  }

  @Test
  void clients_need_a_certificate_of_the_authority_of_clients() throws Exception {
    Authority authority = new Authority();
    Authority clients = new Authority();
    Identity own = authority.issue("127.0.0.1");
    Files.writeString(folder.resolve("clients.pem"), Pem.certificate(clients.certificate()));
    String web =
        "tls_server_config: {"
            + TLS
            + ", client_auth_type: RequireAndVerifyClientCert, client_ca_file: clients.pem}\n";

    try (Subject service = start(Pem.certificate(own.certificate()), Pem.key(own), web)) {
      HttpsClient client = HttpsClient.of(authority);
      assertThat(client.as(clients.issue("client")).get(service.port(), "/any").statusCode())
          .isEqualTo(200);
      assertThatThrownBy(() -> client.get(service.port(), "/any")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> client.as(authority.issue("client")).get(service.port(), "/any"))
          .isInstanceOf(IOException.class);
    }
  }

  private static HttpResponse<String> ask(
      HttpsClient client,
      Subject service,
      Version version,
      String method,
      String path,
      String password)
      throws Exception {
    String pair = "ada:" + password;
    byte[] credentials = pair.getBytes(StandardCharsets.UTF_8);
    return client.send(
        HttpsClient.request(service.port(), path)
            .version(version)
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials))
            .method(method, BodyPublishers.noBody())
            .build(),
        SSLContext.getDefault().getDefaultSSLParameters());
  }
}
