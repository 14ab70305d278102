package dev.echosounder.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Stage;
import dev.echosounder.settings.ServerTls;
import dev.echosounder.settings.ServerTls.ClientAuth;
import dev.echosounder.settings.ServerTls.Clients;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.TlsOptions.Version;
import dev.echosounder.settings.Web;
import dev.echosounder.testing.Authority;
import dev.echosounder.testing.HttpsClient;
import dev.echosounder.testing.Identity;
import dev.echosounder.testing.RawHttp;
import dev.echosounder.testing.TestSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTlsTest {

  private final Authority authority;
  private final Identity server;
  private final HttpsClient client;
  private Optional<RunningHttp> running = Optional.empty();

  ServerTlsTest() throws Exception {
    authority = new Authority();
    server = authority.issue("127.0.0.1");
    client = HttpsClient.of(authority);
  }

  @AfterEach
  void close() {
    running.ifPresent(RunningHttp::close);
  }

  private int run(Settings settings) {
    RunningHttp http = new RunningHttp(settings);
    running = Optional.of(http);
    http.enter(Stage.RUNNING);
    return http.port();
  }

  private int run(ServerTls tls) {
    return run(settings(tls));
  }

  private static Settings settings(ServerTls tls) {
    return new TestSettings().web(web(tls, true)).build();
  }

  private static Web web(ServerTls tls, boolean http2) {
    return new Web(Optional.of(tls), http2, Map.of(), Map.of(), Optional.empty());
  }

  private ServerTls tls(Clients clients) throws Exception {
    return tls(server, clients, Version.TLS12, Version.TLS13, List.of());
  }

  private static ServerTls tls(
      Identity identity, Clients clients, Version lowest, Version highest, List<String> suites)
      throws Exception {
    return new ServerTls(identity.forClient(), clients, lowest, highest, suites, true, List.of());
  }

  @ParameterizedTest
  @CsvSource({"true, HTTP_2", "false, HTTP_1_1"})
  void http2_is_offered_unless_it_is_off(boolean http2, HttpClient.Version version)
      throws Exception {
    int port = run(new TestSettings().web(web(tls(Clients.ANYBODY), http2)).build());

    var answer = client.get(port, "/any");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.version()).isEqualTo(version);
    assertThat(client.get(port, "/healthcheck/live").statusCode()).isEqualTo(200);
  }

  @Test
  void both_ports_speak_it() throws Exception {
    int port =
        run(new TestSettings().managementPort(0).web(web(tls(Clients.ANYBODY), true)).build());

    assertThat(client.get(port, "/any").statusCode()).isEqualTo(200);
    int management = running.orElseThrow().ports.reserved();
    assertThat(client.get(management, "/healthcheck").statusCode()).isEqualTo(200);
  }

  /** What the client has: no certificate, one of another authority, one of the authority. */
  @ParameterizedTest
  @CsvSource({
    "NONE, true, true, true",
    "REQUEST, true, true, true",
    "REQUIRE_ANY, false, true, true",
    "VERIFY_IF_GIVEN, true, false, true",
    "REQUIRE_AND_VERIFY, false, false, true",
  })
  void clients_show_the_certificate_that_is_asked_for(
      ClientAuth auth, boolean without, boolean strange, boolean known) throws Exception {
    Authority clients = new Authority();
    for (Version version : Version.values()) {
      int port =
          run(
              tls(
                  server,
                  new Clients(auth, List.of(clients.certificate()), List.of()),
                  version,
                  version,
                  List.of()));

      // Its authority has the name of the right one, so that a client believes it is asked for.
      Identity stranger = new Authority().issue("client").withoutAuthority();
      assertThat(answers(client, port)).as(version + " without").isEqualTo(without);
      assertThat(answers(client.as(stranger), port)).as(version + " strange").isEqualTo(strange);
      assertThat(answers(client.as(clients.issue("client")), port)).isEqualTo(known);
      running.ifPresent(RunningHttp::close);
      running = Optional.empty();
    }
  }

  private static boolean answers(HttpsClient client, int port) throws Exception {
    try {
      return client.get(port, "/any").statusCode() == 200;
    } catch (IOException refused) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "prometheus, true",
    "Prometheus, false",
    "10.0.0.1, true",
    "10.0.0.10, false",
    "other, false",
    "promet*, false",
  })
  void a_certificate_must_have_an_allowed_name(String allowed, boolean let) throws Exception {
    int port =
        run(
            tls(
                new Clients(
                    ClientAuth.REQUIRE_AND_VERIFY,
                    List.of(authority.certificate()),
                    List.of("nobody", allowed))));
    // The one of the authority names first what is no address.
    Identity identity = authority.issue("prometheus", "10.0.0.1");

    assertThat(answers(client.as(identity), port)).isEqualTo(let);
  }

  @ParameterizedTest
  @CsvSource({
    "TLS12, TLS12, TLSv1.2, true",
    "TLS12, TLS12, TLSv1.3, false",
    "TLS13, TLS13, TLSv1.2, false",
    "TLS13, TLS13, TLSv1.3, true",
    "TLS12, TLS13, TLSv1.2, true",
    "TLS12, TLS13, TLSv1.3, true",
  })
  void only_versions_within_the_bounds_are_spoken(
      Version lowest, Version highest, String offered, boolean spoken) throws Exception {
    int port = run(tls(server, Clients.ANYBODY, lowest, highest, List.of()));

    assertThat(connects(port, new String[] {offered}, null)).isEqualTo(spoken);
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, '', true",
    "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, '', false",
    "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, true",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, false",
    "TLS_CHACHA20_POLY1305_SHA256, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, true",
  })
  void suites_are_those_configured_and_all_of_tls_1_3(
      String offered, String configured, boolean spoken) throws Exception {
    List<String> suites = configured.isEmpty() ? List.of() : List.of(configured);
    int port = run(tls(server, Clients.ANYBODY, Version.TLS12, Version.TLS13, suites));

    assertThat(connects(port, null, new String[] {offered})).isEqualTo(spoken);
  }

  private boolean connects(int port, String[] versions, String[] suites) throws Exception {
    SSLParameters parameters = new SSLParameters(suites, versions);
    try {
      var request = HttpsClient.request(port, "/any").version(HttpClient.Version.HTTP_1_1);
      return client.send(request.build(), parameters).statusCode() == 200;
    } catch (IOException refused) {
      return false;
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void curves_are_those_configured() throws Exception {
    int port =
        run(
            new ServerTls(
                server.forClient(),
                Clients.ANYBODY,
                Version.TLS12,
                Version.TLS13,
                List.of(),
                true,
                List.of("secp384r1")));

    assertThat(withCurve(port, "secp384r1")).isTrue();
    assertThat(withCurve(port, "x25519")).isFalse();
  }

  private boolean withCurve(int port, String curve) throws Exception {
    SSLParameters parameters = new SSLParameters();
    SSLParameters.class
        .getMethod("setNamedGroups", String[].class)
        .invoke(parameters, (Object) new String[] {curve});
    try {
      return client.shown(port, parameters) != null;
    } catch (IOException refused) {
      return false;
    }
  }

  @Test
  void a_new_certificate_is_shown_to_who_connects_after_it_and_no_connection_ends()
      throws Exception {
    int port = run(tls(Clients.ANYBODY));
    assertThat(client.shown(port)).isEqualTo(server.certificate());
    Identity next = authority.issue("127.0.0.1");

    running
        .orElseThrow()
        .bus
        .publish(
            Address.SETTINGS,
            settings(tls(next, Clients.ANYBODY, Version.TLS12, Version.TLS13, List.of())));

    await().until(() -> client.shown(port).equals(next.certificate()));
    assertThat(client.get(port, "/any").statusCode()).isEqualTo(200);
  }

  @Test
  void a_change_of_nothing_but_versions_or_suites_is_in_force_too() throws Exception {
    int port = run(tls(Clients.ANYBODY));
    assertThat(connects(port, new String[] {"TLSv1.2"}, null)).isTrue();

    running
        .orElseThrow()
        .bus
        .publish(
            Address.SETTINGS,
            settings(tls(server, Clients.ANYBODY, Version.TLS13, Version.TLS13, List.of())));

    await().until(() -> !connects(port, new String[] {"TLSv1.2"}, null));
    assertThat(connects(port, new String[] {"TLSv1.3"}, null)).isTrue();
  }

  @Test
  void of_many_changes_at_once_the_last_one_is_in_force() throws Exception {
    int port = run(tls(Clients.ANYBODY));
    Identity last = server;
    for (int i = 0; i < 20; i++) {
      last = authority.issue("127.0.0.1");
      running
          .orElseThrow()
          .bus
          .publish(
              Address.SETTINGS,
              settings(tls(last, Clients.ANYBODY, Version.TLS12, Version.TLS13, List.of())));
    }
    Identity expected = last;

    await().until(() -> client.shown(port).equals(expected.certificate()));
  }

  @Test
  void tls_is_not_turned_off_by_a_reload() throws Exception {
    int port = run(tls(Clients.ANYBODY));

    running.orElseThrow().bus.publish(Address.SETTINGS, new TestSettings().appName("b").build());

    await().until(() -> client.get(port, "/healthcheck").body().contains("\"b\""));
  }

  @Test
  void clear_text_is_not_answered_and_a_handshake_has_a_deadline() throws Exception {
    int port =
        run(
            new TestSettings()
                .headerTimeout(Duration.ofSeconds(3))
                .web(web(tls(Clients.ANYBODY), true))
                .build());

    assertThat(RawHttp.exchange(port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"))
        .doesNotContain("HTTP/1.1 200");
    try (RawHttp silent = new RawHttp(port)) {
      assertThat(silent.readAll()).isEmpty();
    }
    assertThat(client.get(port, "/any").statusCode()).isEqualTo(200);
  }

  @Test
  void a_client_that_offers_an_old_version_is_refused() throws Exception {
    int port = run(tls(Clients.ANYBODY));

    assertThatThrownBy(
            () ->
                client.send(
                    HttpsClient.request(port, "/any").build(),
                    new SSLParameters(null, new String[] {"TLSv1.1"})))
        .isInstanceOf(IOException.class);
  }
}
