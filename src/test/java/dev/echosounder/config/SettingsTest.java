package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.Network;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.StatusCodes;
import dev.echosounder.settings.Target;
import dev.echosounder.testing.PemText;
import io.vertx.core.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsTest extends ConfigFixture {

  private static final String WHOLE =
      """
      urls: ["http://short.example/"]
      request_timeout_in_seconds: 30
      query_interval_in_seconds: 20
      targets:
        - name: checkout
          url: https://ada:canary1@shop.example/health?token=canary2&q=1#secret=canary3
          module: post
          interval: 1m
          timeout: 5s
          labels: {team: pay}
          headers: {Authorization: Bearer canary4}
          fail_if_slower_than: 1.5s
          retries: 2
          retry_interval: 250ms
          interval_while_down: 10s
          histogram: true
        - url: http://plain.example/?MyToken=canary5
      modules:
        post:
          prober: http
          timeout: 2s
          http:
            valid_status_codes: [200, 404]
            method: POST
            headers: {X-Key: canary6}
            body: canary7
            follow_redirects: false
      secret_query_parameters: [token, SECRET, mytoken]
      """;

  @Test
  void a_target_is_read_with_its_module() throws Exception {
    Target target = settings(WHOLE).targets().get(1);

    assertThat(target.id().name()).contains("checkout");
    assertThat(target.id().display()).isEqualTo("checkout");
    assertThat(target.id().labels()).isEqualTo(Map.of("team", "pay"));
    assertThat(target.id().url())
        .isEqualTo("https://***@shop.example/health?token=***&q=1#secret=***");
    assertThat(target.url().uri().getRawQuery()).isEqualTo("token=canary2&q=1");
    assertThat(target.interval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(target.headers()).isEqualTo(Map.of("Authorization", new Secret("Bearer canary4")));
    assertThat(target.options())
        .isEqualTo(
            new Target.Options(
                Optional.of(Duration.ofMillis(1500)),
                2,
                Duration.ofMillis(250),
                Optional.of(Duration.ofSeconds(10)),
                true,
                false,
                true));
    assertThat(settings(WHOLE).targets().get(2).options()).isEqualTo(Target.Options.DEFAULT);
    assertThat(target.module())
        .isEqualTo(
            new Module(
                "post",
                Optional.of(Duration.ofSeconds(2)),
                HttpOptions.DEFAULT
                    .with(
                        new HttpOptions.Request(
                            "POST",
                            Map.of("X-Key", List.of(new Secret("canary6"))),
                            Optional.of(new Secret("canary7")),
                            false))
                    .with(HttpOptions.Checks.withCodes(StatusCodes.of(200, 404)))));
  }

  @Test
  void the_shortest_of_timeout_module_timeout_and_interval_is_in_force() throws Exception {
    List<Target> targets = settings(WHOLE).targets();

    assertThat(targets.get(0).timeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(targets.get(1).timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(targets.get(2).interval()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void the_default_timeout_is_cut_to_the_interval_while_down() throws Exception {
    Target target =
        settings("targets: [{url: http://h/, interval_while_down: 3s}]\n").targets().get(0);

    assertThat(target.timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(target.intervalWhileDown()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings(WHOLE).targets().get(0).intervalWhileDown())
        .isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void no_secret_is_in_anything_that_can_be_printed() throws Exception {
    Reading reading = read(WHOLE);
    Settings settings = reading.settings().orElseThrow();

    assertThat(settings.shown().encodePrettily())
        .doesNotContain("canary")
        .contains("\"Authorization\" : \"<secret>\"", "\"body\" : \"<secret>\"")
        .contains("https://***@shop.example/health?token=***&q=1");
    assertThat(reading.toString() + settings + settings.targets()).doesNotContain("canary");
    for (Target target : settings.targets()) {
      assertThat(target.toString() + target.url() + target.module() + target.id())
          .doesNotContain("canary");
    }
  }

  private static final String SECRETS =
      """
      targets:
        - url: "https://ada:canary-a@h/"
          module: basic
          http: {body: canary-b, http_headers: {X: {values: [canary-c]}}}
      targets_http: [{url: "https://ada:canary-d@h/?token=canary-e"}]
      modules:
        basic:
          prober: http
          http:
            basic_auth: {username: ada, password: canary-f}
            http_headers: {X: {values: [canary-g], secrets: [canary-h]}}
            proxy_url: http://ada:canary-i@proxy:3128
            proxy_connect_header: {X: [canary-j]}
        bearer: {prober: http, http: {bearer_token: canary-k}}
        other: {prober: http, http: {authorization: {credentials: canary-l}}}
        oauth2:
          prober: http
          http:
            oauth2:
              client_id: ada
              client_secret: canary-m
              token_url: https://ada:canary-n@h/?token=canary-o
              endpoint_params: {password: canary-p}
              proxy_url: http://ada:canary-q@proxy:3128
              proxy_connect_header: {X: [canary-r]}
        files:
          prober: http
          http:
            body_file: FILE
            http_headers: {X: {files: [FILE]}}
            authorization: {credentials_file: FILE}
        client: {prober: http, http: {tls_config: {cert: CERT, key: KEY}}}
        tcp: {prober: tcp, tcp: {query_response: [{send: PASS canary-s}]}}
        grpc: {prober: grpc, grpc: {metadata: {authorization: [canary-t]}}}
      """;

  @Test
  void no_secret_of_a_module_is_in_anything_that_can_be_printed() throws Exception {
    Path file = Files.writeString(directory.resolve("secret"), "canary-u");
    PemText pem = PemText.ofCurve();
    String yaml =
        SECRETS
            .replace("FILE", file.toString())
            .replace("CERT", Json.encode(pem.certificate()))
            .replace("KEY", Json.encode(pem.key()));

    Reading reading = read(yaml);

    Settings settings =
        reading.settings().orElseThrow(() -> new AssertionError(reading.problems()));
    String key = pem.key().lines().skip(1).findFirst().orElseThrow();
    assertThat(settings.shown().encodePrettily() + reading + settings)
        .doesNotContain("canary", key)
        .contains("http://***@proxy:3128", "https://***@h/?token=***", "\"username\" : \"ada\"")
        .contains(file.toString());
    assertThat(settings.shown().encode().split("<secret>", -1)).hasSize(15);
    assertThat(settings.modules().values() + "" + settings.targets() + settings.discovery())
        .doesNotContain("canary", key);
  }

  @Test
  void the_probe_endpoint_takes_every_module_unless_configured() throws Exception {
    assertThat(settings("urls: []\n").probeEndpoint())
        .isEqualTo(new Settings.ProbeEndpoint(true, Set.of(), AddressFilter.ANY));
    assertThat(
            settings(
                    """
                    modules: {a: {prober: tcp}}
                    probe_endpoint: {enabled: false, modules: [a, http_2xx], allow: [10.0.0.0/8], deny: [10.0.0.1]}
                    """)
                .probeEndpoint())
        .isEqualTo(
            new Settings.ProbeEndpoint(
                false,
                Set.of("a", "http_2xx"),
                new AddressFilter(
                    List.of(Network.parse("10.0.0.0/8")), List.of(Network.parse("10.0.0.1")))));
  }

  @Test
  void more_targets_come_from_files_beside_the_configuration_and_from_endpoints() throws Exception {
    assertThat(settings("urls: []\n").discovery())
        .isEqualTo(
            new Settings.Discovery(
                List.of(), List.of(), Duration.ofSeconds(300), Duration.ofSeconds(30)));
    Settings.Discovery discovery =
        settings(
                """
                query_interval_in_seconds: 20
                targets_files: [a.yaml, sub/*.json, /etc/b*.yml]
                targets_http: [{url: "http://h/"}, {url: "https://i/", refresh_interval: 5s}]
                """)
            .discovery();

    assertThat(discovery.interval()).isEqualTo(Duration.ofSeconds(20));
    assertThat(discovery.files())
        .containsExactly(directory + "/a.yaml", directory + "/sub/*.json", "/etc/b*.yml");
    assertThat(discovery.http())
        .extracting(source -> source.url() + " " + source.refreshInterval().toSeconds())
        .containsExactly("http://h/ 60", "https://i/ 5");
  }

  @Test
  void a_target_of_another_protocol_is_a_host_and_a_port() throws Exception {
    List<Target> targets =
        settings(
                """
                modules:
                  t: {prober: tcp}
                  d: {prober: dns, dns: {query_name: a}}
                  g: {prober: grpc}
                targets:
                  - {url: "h:25", module: t}
                  - {url: "::1", module: d}
                  - {url: "grpc://h:1", module: g}
                """)
            .targets();

    assertThat(targets)
        .extracting(target -> target.id().url())
        .containsExactly("h:25", "[::1]", "grpc://h:1");
  }

  @Test
  void the_module_http_2xx_can_be_configured() throws Exception {
    Settings settings =
        settings(
            """
            urls: [http://h/]
            modules: {http_2xx: {prober: http, http: {valid_status_codes: [301]}}}
            """);

    HttpOptions http = (HttpOptions) settings.targets().get(0).module().options();
    assertThat(http.checks().statusCodes().accepts(301)).isTrue();
    assertThat(http.checks().statusCodes().accepts(200)).isFalse();
  }

  @Test
  void a_module_without_codes_takes_every_2xx() {
    assertThat(List.of(199, 200, 299, 300))
        .map(HttpOptions.DEFAULT.checks().statusCodes()::accepts)
        .containsExactly(false, true, true, false);
  }

  @Test
  void one_url_may_be_probed_twice_where_both_targets_have_names() throws Exception {
    assertThat(
            settings("targets: [{url: http://h/, name: a}, {url: http://h/, name: b}]\n").targets())
        .hasSize(2);
  }

  @Test
  void a_hundred_results_are_kept_of_a_target_unless_configured() throws Exception {
    assertThat(settings("urls: []\n").historyResults()).isEqualTo(100);
    assertThat(settings("history: {results: 0}\n").historyResults()).isZero();
  }

  @Test
  void equal_configurations_make_equal_targets() throws Exception {
    assertThat(settings(WHOLE).targets()).isEqualTo(settings(WHOLE).targets());
    assertThat(settings(WHOLE).targets())
        .isNotEqualTo(settings(WHOLE.replace("canary4", "other")).targets());
  }

  @Test
  void json_is_read_as_well_with_or_without_tabs() throws Exception {
    assertThat(settings("{\n\t\"app_name\": \"json\",\n\t\"urls\": []\n}").appName())
        .isEqualTo("json");
  }

  @Test
  void a_target_whose_timeout_is_longer_than_its_interval_cannot_exist() throws Exception {
    Target target = settings(WHOLE).targets().get(0);

    assertThatIllegalArgumentException().isThrownBy(() -> with(target, "PT1S", "PT2S"));
    assertThatIllegalArgumentException().isThrownBy(() -> with(target, "PT0S", "PT0S"));
    assertThatThrownBy(() -> new Reading(Optional.empty(), List.of(), List.of(), false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Target with(Target target, String interval, String timeout) {
    return new Target(
        target.id(),
        target.url(),
        target.module(),
        Duration.parse(interval),
        Duration.parse(timeout),
        Map.of());
  }
}
