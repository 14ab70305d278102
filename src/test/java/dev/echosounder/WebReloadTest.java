package dev.echosounder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.echosounder.testing.Authority;
import dev.echosounder.testing.HttpsClient;
import dev.echosounder.testing.Identity;
import dev.echosounder.testing.MetricsPage;
import dev.echosounder.testing.Pem;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service, as the files of its web configuration change. */
class WebReloadTest {

  private static final String TLS = "tls_server_config: {cert_file: cert.pem, key_file: key.pem}\n";

  @TempDir private Path directory;
  private Authority authority;
  private Identity first;
  private HttpsClient client;
  private RunningEchosounder service;

  @BeforeEach
  void start() throws Exception {
    authority = new Authority();
    first = authority.issue("127.0.0.1");
    client = HttpsClient.of(authority);
    putCertificate(first);
    putKey(first);
    put("web.yml", TLS);
    put("echosounder.yaml", "http: {host: 127.0.0.1, port: 0}\nweb: {config_file: web.yml}\n");
    service = new RunningEchosounder(Optional.of(directory.resolve("echosounder.yaml")), Map.of());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private void put(String name, String content) throws IOException {
    Path fresh = Files.writeString(directory.resolve(name + ".new"), content);
    Files.move(fresh, directory.resolve(name), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  private void putCertificate(Identity identity) throws Exception {
    put("cert.pem", Pem.certificate(identity.certificate()));
  }

  private void putKey(Identity identity) throws Exception {
    put("key.pem", Pem.key(identity));
  }

  private int port() {
    return service.ports().main();
  }

  private double reloadSuccessful() throws Exception {
    return MetricsPage.parse(client.get(port(), "/metrics").body())
        .sum("echosounder_config_last_reload_successful");
  }

  @Test
  void a_rotated_certificate_is_shown_once_its_key_fits() throws Exception {
    assertThat(client.shown(port())).isEqualTo(first.certificate());
    Identity next = authority.issue("127.0.0.1");

    putCertificate(next);
    await().until(() -> reloadSuccessful() == 0);
    assertThat(client.shown(port())).isEqualTo(first.certificate());

    putKey(next);
    await().until(() -> client.shown(port()).equals(next.certificate()));
    await().until(() -> reloadSuccessful() == 1);
  }

  @Test
  void a_certificate_that_is_gone_or_cut_changes_nothing() throws Exception {
    Files.delete(directory.resolve("key.pem"));
    await().until(() -> reloadSuccessful() == 0);
    assertThat(client.shown(port())).isEqualTo(first.certificate());

    putKey(first);
    await().until(() -> reloadSuccessful() == 1);
    put("cert.pem", Pem.certificate(first.certificate()).substring(0, 100));
    await().until(() -> reloadSuccessful() == 0);
    assertThat(client.shown(port())).isEqualTo(first.certificate());
  }

  @Test
  void users_come_and_go_and_a_broken_file_keeps_them() throws Exception {
    String hash = BCrypt.withDefaults().hashToString(4, "s3cret".toCharArray());
    put("web.yml", TLS + "basic_auth_users: {ada: " + hash + "}\n");
    await().until(() -> client.get(port(), "/config").statusCode() == 401);
    assertThat(asAda("/config").statusCode()).isEqualTo(200);
    assertThat(asAda("/config").body()).contains("web.yml").doesNotContain(hash, "ada");

    for (String broken : new String[] {"", "basic_auth_users: {ada: plain}\n", "{"}) {
      put("web.yml", broken);
      HttpResponse<String> refused = postReloadAsAda();
      assertThat(refused.statusCode()).isEqualTo(500);
      assertThat(refused.body()).contains("web.yml: ").doesNotContain("plain", hash);
      assertThat(client.get(port(), "/config").statusCode()).isEqualTo(401);
    }

    put("web.yml", TLS);
    await().until(() -> client.get(port(), "/config").statusCode() == 200);
  }

  @Test
  void tls_stays_on_until_a_restart() throws Exception {
    put("web.yml", "http_server_config: {headers: {X-Frame-Options: deny}}\n");

    await()
        .until(
            () -> client.get(port(), "/any").headers().firstValue("X-Frame-Options").isPresent());
  }

  @Test
  void there_is_no_demo_where_a_variable_names_a_web_configuration() throws Exception {
    Map<String, String> variables =
        Map.of(
            "ECHOSOUNDER_HTTP_PORT",
            "0",
            "ECHOSOUNDER_WEB_CONFIG_FILE",
            directory.resolve("web.yml").toString());
    try (RunningEchosounder other = new RunningEchosounder(Optional.empty(), variables)) {
      MetricsPage page = MetricsPage.parse(client.get(other.ports().main(), "/metrics").body());
      assertThat(page.sum("echosounder_targets")).isZero();
    }
  }

  @Test
  void a_storm_of_certificates_ends_with_the_last_one() throws Exception {
    Identity last = first;
    for (int i = 0; i < 10; i++) {
      last = authority.issue("127.0.0.1");
      putCertificate(last);
      putKey(last);
      assertThat(postReloadAsAda().statusCode()).isEqualTo(200);
    }
    Identity expected = last;

    await().until(() -> client.shown(port()).equals(expected.certificate()));
    for (int i = 0; i < 20; i++) {
      assertThat(client.shown(port())).isEqualTo(expected.certificate());
    }
  }

  private HttpResponse<String> asAda(String path) throws Exception {
    return client.send(
        HttpsClient.request(port(), path).header("Authorization", ada()).build(),
        new SSLParameters());
  }

  private HttpResponse<String> postReloadAsAda() throws Exception {
    return client.send(
        HttpsClient.request(port(), "/-/reload")
            .header("Authorization", ada())
            .POST(java.net.http.HttpRequest.BodyPublishers.noBody())
            .build(),
        new SSLParameters());
  }

  private static String ada() {
    return "Basic "
        + Base64.getEncoder().encodeToString("ada:s3cret".getBytes(StandardCharsets.UTF_8));
  }
}
