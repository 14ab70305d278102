package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.echosounder.settings.Credentials;
import dev.echosounder.settings.DnsOptions;
import dev.echosounder.settings.GrpcOptions;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.IpChoice;
import dev.echosounder.settings.IpChoice.Family;
import dev.echosounder.settings.JsonCondition;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.Network;
import dev.echosounder.settings.OAuth2;
import dev.echosounder.settings.ProbeOptions;
import dev.echosounder.settings.ProxyOptions;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.StatusCodes;
import dev.echosounder.settings.StatusCodes.Range;
import dev.echosounder.settings.TargetUrl;
import dev.echosounder.settings.TcpOptions;
import dev.echosounder.settings.TlsOptions;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleOptionsTest extends ConfigFixture {

  private Module module(String yaml) throws Exception {
    return settings("modules:\n  m:\n" + yaml.indent(4)).modules().get("m");
  }

  private ProbeOptions options(String prober, String options) throws Exception {
    return options(prober, options, Map.of());
  }

  private ProbeOptions options(String prober, String options, Map<String, String> environment)
      throws Exception {
    Reading reading =
        read(
            "modules: {m: {prober: %s, %s: {%s}}}\n".formatted(prober, prober, options),
            environment);
    return reading
        .settings()
        .orElseThrow(() -> new AssertionError(reading.problems()))
        .modules()
        .get("m")
        .options();
  }

  private HttpOptions http(String options) throws Exception {
    return (HttpOptions) options("http", options);
  }

  @ParameterizedTest
  @ValueSource(strings = {"prober: http", "prober: http\nhttp: {}"})
  void a_module_without_options_has_the_defaults(String yaml) throws Exception {
    assertThat(module(yaml).options()).isEqualTo(HttpOptions.DEFAULT);
  }

  @Test
  void a_configuration_of_blackbox_exporter_can_be_pasted_in() throws Exception {
    try (InputStream in = ModuleOptionsTest.class.getResourceAsStream("/config/blackbox.yml")) {
      assertThat(settings(new String(in.readAllBytes(), StandardCharsets.UTF_8)).modules())
          .hasSize(19);
    }
  }

  @Test
  void other_probers_have_defaults_too() throws Exception {
    assertThat(module("prober: tcp").options()).isEqualTo(TcpOptions.DEFAULT);
    assertThat(module("prober: grpc").options()).isEqualTo(GrpcOptions.DEFAULT);
    assertThat(options("dns", "query_name: example.org"))
        .isEqualTo(
            new DnsOptions(
                IpChoice.DEFAULT,
                Optional.empty(),
                DnsOptions.Transport.UDP,
                TlsOptions.DEFAULT,
                new DnsOptions.Question("example.org", 255, 1, true),
                Set.of(0),
                DnsOptions.Records.ANY,
                DnsOptions.Records.ANY,
                DnsOptions.Records.ANY));
  }

  @Test
  void every_option_of_a_request_is_read() throws Exception {
    HttpOptions.Request request =
        http("method: PUT, headers: {A: b}, body: c, follow_redirects: false").request();

    assertThat(request)
        .isEqualTo(
            new HttpOptions.Request(
                "PUT", Map.of("A", List.of(new Secret("b"))), Optional.of(new Secret("c")), false));
  }

  @Test
  void every_check_is_read() throws Exception {
    HttpOptions.Checks checks =
        http("""
                valid_status_codes: [204, 300-302, 5xx, "404"],
                valid_http_versions: [HTTP/1.1, HTTP/2],
                fail_if_not_ssl: true,
                fail_if_body_matches_regexp: [a],
                fail_if_body_not_matches_regexp: [b, c],
                fail_if_body_json_matches_cel: body.a == 1,
                fail_if_body_json_not_matches_cel: body.b == 1,
                fail_if_header_matches: [{header: A, regexp: x, allow_missing: true}],
                fail_if_header_not_matches: [{header: B, regexp: "y"}]
                """)
            .checks();

    assertThat(checks)
        .isEqualTo(
            new HttpOptions.Checks(
                new StatusCodes(
                    List.of(
                        new Range(204, 204),
                        new Range(300, 302),
                        new Range(500, 599),
                        new Range(404, 404))),
                Set.of("HTTP/1.1", "HTTP/2.0"),
                HttpOptions.TlsUse.REQUIRED,
                List.of(Pattern.compile("a")),
                List.of(Pattern.compile("b"), Pattern.compile("c")),
                Optional.of(JsonCondition.parse("body.a == 1")),
                Optional.of(JsonCondition.parse("body.b == 1")),
                List.of(new HttpOptions.HeaderMatch("A", Pattern.compile("x"), true)),
                List.of(new HttpOptions.HeaderMatch("B", Pattern.compile("y"), false))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fail_if_ssl: true | FORBIDDEN",
        "fail_if_not_ssl: true | REQUIRED",
        "'fail_if_ssl: false, fail_if_not_ssl: true' | REQUIRED",
        "'fail_if_ssl: false, fail_if_not_ssl: false' | EITHER",
      })
  void tls_may_be_forbidden_or_required(String options, HttpOptions.TlsUse expected)
      throws Exception {
    assertThat(http(options).checks().tls()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no_follow_redirects: true | false",
        "no_follow_redirects: false | true",
        "'follow_redirects: true, no_follow_redirects: false' | true",
        "'follow_redirects: false, no_follow_redirects: true' | false",
      })
  void redirects_may_be_switched_off_by_the_old_key(String options, boolean followed)
      throws Exception {
    assertThat(http(options).request().followRedirects()).isEqualTo(followed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "preferred_ip_protocol: ip4 | IP4 | true",
        "'preferred_ip_protocol: ip4, ip_protocol_fallback: false' | IP4 | false",
        "ip_protocol_fallback: false | IP6 | false",
        "ip_protocol: ip4 | IP4 | false",
        "'ip_protocol: ip6, ip_protocol_fallback: false' | IP6 | false",
      })
  void a_family_of_addresses_is_preferred_or_the_only_one(
      String options, Family family, boolean fallback) throws Exception {
    IpChoice choice = new IpChoice(family, fallback);

    assertThat(http(options).ip()).isEqualTo(choice);
    assertThat(options("tcp", options).ip()).isEqualTo(choice);
    assertThat(options("grpc", options).ip()).isEqualTo(choice);
    assertThat(options("dns", "query_name: a, " + options).ip()).isEqualTo(choice);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "compression: gzip | GZIP | gzip",
        "compression: deflate | DEFLATE | deflate",
        "compression: br | BR | br",
        "compression: identity | | identity",
        "'compression: gzip, headers: {accept-encoding: \"br;q=0.1, GZIP ; q=0.5\"}' | GZIP | br;q=0.1, GZIP ; q=0.5",
        "'compression: gzip, headers: {Accept-Encoding: \"*\"}' | GZIP | *",
      })
  void a_compression_is_asked_for_where_no_header_does(
      String options, HttpOptions.Coding coding, String header) throws Exception {
    HttpOptions http = http(options);

    assertThat(http.body().coding()).isEqualTo(Optional.ofNullable(coding));
    assertThat(http.request().headers().values()).containsExactly(List.of(new Secret(header)));
  }

  @Test
  void limits_of_the_body_are_sizes() throws Exception {
    assertThat(http("body_size_limit: 10KB, debug_body_size: 64KiB").body())
        .isEqualTo(new HttpOptions.ResponseBody(Optional.empty(), OptionalLong.of(10_240), 65_536));
    assertThat(http("body_size_limit: 0").body().sizeLimit()).isEmpty();
  }

  @Test
  void http2_is_spoken_unless_it_is_switched_off_and_http3_never() throws Exception {
    assertThat(http("enable_http2: true, enable_http3: false, use_http3: false").client().http2())
        .isTrue();
    assertThat(http("enable_http2: false").client().http2()).isFalse();
  }

  @Test
  void options_of_tls_are_read() throws Exception {
    String options = "server_name: h, insecure_skip_verify: true, min_version: %s, max_version: %s";

    assertThat(http("tls_config: {" + options.formatted("TLS12", "TLS13") + "}").client().tls())
        .isEqualTo(
            new TlsOptions(
                true,
                Optional.of("h"),
                Optional.of(TlsOptions.Version.TLS12),
                Optional.of(TlsOptions.Version.TLS13),
                List.of(),
                Optional.empty()));
    assertThat(
            http("tls_config: {" + options.formatted("TLS10", "TLS12") + "}")
                .client()
                .tls()
                .lowest())
        .isEmpty();
    assertThat(http("tls_config: {min_version: TLS11}").client().tls().lowest()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'basic_auth: {username: ada, password: pw}' | Basic | YWRhOnB3",
        "'basic_auth: {password: pw}' | Basic | OnB3",
        "'basic_auth: {username: ada}' | Basic | YWRhOg==",
        "bearer_token: abc | Bearer | abc",
        "'authorization: {credentials: abc}' | Bearer | abc",
        "'authorization: {type: Negotiate, credentials: abc}' | Negotiate | abc",
      })
  void credentials_are_read(String options, String scheme, String value) throws Exception {
    assertThat(http(options).client().credentials())
        .contains(new Credentials(scheme, new Secret(value)));
  }

  @Test
  void an_empty_bearer_token_is_none() throws Exception {
    assertThat(http("bearer_token: '', basic_auth: {username: a}").client().credentials())
        .map(Credentials::scheme)
        .contains("Basic");
  }

  @Test
  void an_oauth2_client_is_read() throws Exception {
    OAuth2 client =
        http("""
                oauth2: {client_id: c, client_secret: s, token_url: "https://u:p@h/t?token=x",
                  scopes: [a, b], endpoint_params: {k: v}, grant_type: client_credentials,
                  tls_config: {server_name: h}, proxy_url: "http://p:1", no_proxy: i}
                """)
            .client()
            .oauth2()
            .orElseThrow();

    assertThat(client)
        .isEqualTo(
            new OAuth2(
                "c",
                new Secret("s"),
                TargetUrl.parse("https://u:p@h/t?token=x", Set.of("token")),
                List.of("a", "b"),
                Map.of("k", new Secret("v")),
                TlsOptions.DEFAULT.withServerName("h"),
                proxy("http://p:1", List.of("i"), Map.of())));
    assertThat(client.tokenUrl().shown()).isEqualTo("https://***@h/t?token=***");
  }

  private static ProxyOptions proxy(
      String url, List<String> none, Map<String, List<Secret>> headers) {
    Optional<TargetUrl> proxy = Optional.of(TargetUrl.parse(url, Set.of()));
    return new ProxyOptions(proxy, proxy, none, headers);
  }

  @Test
  void a_proxy_is_read() throws Exception {
    HttpOptions.Client client =
        http("proxy_url: 'http://u:p@proxy:3128', no_proxy: ' a , 10.0.0.0/8,,b:80',"
                + " proxy_connect_header: {A: [b, c]}, skip_resolve_phase_with_proxy: true")
            .client();

    assertThat(client.proxy())
        .isEqualTo(
            proxy(
                "http://u:p@proxy:3128",
                List.of("a", "10.0.0.0/8", "b:80"),
                Map.of("A", List.of(new Secret("b"), new Secret("c")))));
    assertThat(client.resolveByProxy()).isTrue();
  }

  @Test
  void a_proxy_is_taken_from_the_environment() throws Exception {
    Map<String, String> environment =
        Map.of("HTTP_PROXY", "plain:3128", "https_proxy", "http://tls:1", "no_proxy", "a,b");

    ProxyOptions proxy =
        ((HttpOptions) options("http", "proxy_from_environment: true", environment))
            .client()
            .proxy();

    assertThat(proxy.forHttp()).map(TargetUrl::shown).contains("http://plain:3128");
    assertThat(proxy.forHttps()).map(TargetUrl::shown).contains("http://tls:1");
    assertThat(proxy.none()).containsExactly("a", "b");
    assertThat(((HttpOptions) options("http", "body: a", environment)).client().proxy())
        .isEqualTo(ProxyOptions.DIRECT);
    Map<String, String> proxyAlone = Map.of("HTTP_PROXY", "plain:3128");
    assertThat(
            ((HttpOptions) options("http", "proxy_from_environment: true", proxyAlone))
                .client()
                .proxy()
                .none())
        .containsExactly("localhost");
    assertThat(http("proxy_from_environment: true").client().proxy())
        .isEqualTo(ProxyOptions.DIRECT);
  }

  @Test
  void a_proxy_of_the_environment_that_is_none_is_a_problem() throws Exception {
    Reading reading =
        read(
            "modules: {m: {prober: http, http: {proxy_from_environment: true}}}\n",
            Map.of("HTTPS_PROXY", "socks5://u:hunter2@h:1"));

    assertThat(reading.problems())
        .containsExactly(
            "modules.m.http.proxy_from_environment: got in HTTPS_PROXY one that is none,"
                + " expected a URL that starts with http://");
  }

  @Test
  void options_of_tcp_are_read() throws Exception {
    assertThat(
            options(
                "tcp",
                """
                source_ip_address: 127.0.0.2, tls: false, tls_config: {server_name: h},
                query_response: [
                  {expect: "^220 (.*)", labels: [{name: b, value: "${1}"}, {name: a, value: c}]},
                  {send: EHLO, expect_bytes: "x"}, {starttls: true}]
                """))
        .isEqualTo(
            new TcpOptions(
                IpChoice.DEFAULT,
                Optional.of(Network.parse("127.0.0.2").base()),
                false,
                TlsOptions.DEFAULT.withServerName("h"),
                List.of(
                    new TcpOptions.Step(
                        Optional.of(Pattern.compile("^220 (.*)")),
                        Optional.empty(),
                        Map.of("b", "${1}", "a", "c"),
                        "",
                        false),
                    new TcpOptions.Step(
                        Optional.empty(), Optional.of("x"), Map.of(), "EHLO", false),
                    new TcpOptions.Step(Optional.empty(), Optional.empty(), Map.of(), "", true))));
  }

  @Test
  void options_of_dns_are_read() throws Exception {
    assertThat(
            options(
                "dns",
                """
                source_ip_address: "::1", transport_protocol: tcp, dns_over_tls: true,
                tls_config: {server_name: h}, query_name: b\u00fccher.example., query_type: soa,
                query_class: CH, recursion_desired: false, valid_rcodes: [NXDOMAIN, 5, "2"],
                validate_answer_rrs: {fail_if_matches_regexp: [a], fail_if_all_match_regexp: [b],
                  fail_if_not_matches_regexp: [c], fail_if_none_matches_regexp: [d]},
                validate_authority_rrs: {fail_if_matches_regexp: [e]},
                validate_additional_rrs: {fail_if_matches_regexp: [f]}
                """))
        .isEqualTo(
            new DnsOptions(
                IpChoice.DEFAULT,
                Optional.of(Network.parse("::1").base()),
                DnsOptions.Transport.TLS,
                TlsOptions.DEFAULT.withServerName("h"),
                new DnsOptions.Question("xn--bcher-kva.example.", 6, 3, false),
                Set.of(3, 5, 2),
                new DnsOptions.Records(patterns("a"), patterns("b"), patterns("c"), patterns("d")),
                new DnsOptions.Records(patterns("e"), List.of(), List.of(), List.of()),
                new DnsOptions.Records(patterns("f"), List.of(), List.of(), List.of())));
  }

  private static List<Pattern> patterns(String text) {
    return List.of(Pattern.compile(text));
  }

  @ParameterizedTest
  @CsvSource({"A, 1", "AAAA, 28", "'65', 65", "TYPE65, 65", "HTTPS, 65", "ANY, 255", "0, 0"})
  void a_dns_type_has_a_name_or_a_number(String type, int number) throws Exception {
    DnsOptions dns = (DnsOptions) options("dns", "query_name: a, query_type: " + type);

    assertThat(dns.question().type()).isEqualTo(number);
  }

  @Test
  void options_of_grpc_are_read() throws Exception {
    assertThat(
            options(
                "grpc",
                "service: s, tls: true, tls_config: {server_name: h}, metadata: {X-Key: [a, b]}"))
        .isEqualTo(
            new GrpcOptions(
                IpChoice.DEFAULT,
                "s",
                true,
                TlsOptions.DEFAULT.withServerName("h"),
                Map.of("x-key", List.of(new Secret("a"), new Secret("b")))));
  }
}
