package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.settings.Credentials;
import dev.echosounder.settings.DnsOptions;
import dev.echosounder.settings.GrpcOptions;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.IpChoice;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Target;
import dev.echosounder.settings.TcpOptions;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OverridesTest extends ConfigFixture {

  private static final String MODULES =
      """
      modules:
        shop:
          prober: http
          timeout: 3s
          http:
            method: POST
            body: module
            bearer_token: module
            preferred_ip_protocol: ip4
            valid_status_codes: [201]
            tls_config: {server_name: module, insecure_skip_verify: true}
        mail: {prober: tcp, tcp: {tls: true}}
        names: {prober: dns, dns: {query_name: example.org, query_type: A}}
        health: {prober: grpc, grpc: {service: a}}
      """;

  private Target target(String yaml) throws Exception {
    return settings(MODULES + "targets: [{" + yaml + "}]\n").targets().get(0);
  }

  private HttpOptions http(String options) throws Exception {
    Module module = target("url: http://h/, module: shop, http: {" + options + "}").module();
    return (HttpOptions) module.options();
  }

  @Test
  void a_target_without_options_has_the_very_module() throws Exception {
    Settings settings = settings(MODULES + "targets: [{url: http://h/, module: shop}]\n");

    assertThat(settings.targets().get(0).module()).isSameAs(settings.modules().get("shop"));
  }

  @Test
  void a_key_of_a_target_replaces_that_of_its_module_and_leaves_the_others() throws Exception {
    Target target = target("url: http://h/, module: shop, http: {method: PUT}");
    HttpOptions http = (HttpOptions) target.module().options();

    assertThat(target.module().name()).isEqualTo("shop");
    assertThat(target.timeout().toSeconds()).isEqualTo(3);
    assertThat(http.request().method()).isEqualTo("PUT");
    assertThat(http.request().body()).contains(new Secret("module"));
    assertThat(http.checks().statusCodes().accepts(201)).isTrue();
    assertThat(http.checks().statusCodes().accepts(200)).isFalse();
  }

  @Test
  void a_mapping_of_a_target_replaces_the_whole_of_the_modules() throws Exception {
    HttpOptions http = http("tls_config: {server_name: target}");

    assertThat(http.client().tls().serverName()).contains("target");
    assertThat(http.client().tls().insecureSkipVerify()).isFalse();
  }

  @Test
  void a_key_replaces_what_may_not_stand_beside_it_too() throws Exception {
    Files.writeString(directory.resolve("body"), "target");

    assertThat(http("basic_auth: {username: a}").client().credentials())
        .map(Credentials::scheme)
        .contains("Basic");
    assertThat(http("body_file: " + directory.resolve("body")).request().body())
        .contains(new Secret("target"));
    assertThat(http("ip_protocol: ip6").ip()).isEqualTo(new IpChoice(IpChoice.Family.IP6, false));
  }

  @Test
  void a_key_that_is_off_replaces_nothing_beside_it_but_its_negation() throws Exception {
    String modules =
        """
        modules:
          m:
            prober: http
            http: {fail_if_not_ssl: true, no_follow_redirects: false, ip_protocol: ip4}
        targets:
          - url: http://h/
            module: m
            http: {fail_if_ssl: false, follow_redirects: false, ip_protocol_fallback: false}
        """;

    HttpOptions http = (HttpOptions) settings(modules).targets().get(0).module().options();

    assertThat(http.checks().tls()).isEqualTo(HttpOptions.TlsUse.REQUIRED);
    assertThat(http.request().followRedirects()).isFalse();
    assertThat(http.ip()).isEqualTo(new IpChoice(IpChoice.Family.IP4, false));
  }

  @Test
  void the_module_that_exists_unconfigured_can_be_overridden() throws Exception {
    Settings settings =
        settings(
            """
            targets:
              - {url: http://h/, http: {fail_if_not_ssl: true}}
              - {url: http://i/}
            """);

    assertThat(settings.targets().get(0).module().options())
        .isEqualTo(
            HttpOptions.DEFAULT.with(
                ((HttpOptions) settings.targets().get(0).module().options()).checks()));
    assertThat(settings.targets().get(0).module()).isNotEqualTo(Module.http2xx());
    assertThat(settings.targets().get(1).module()).isEqualTo(Module.http2xx());
    assertThat(settings.modules()).containsValue(Module.http2xx());
  }

  @Test
  void options_of_every_protocol_can_be_overridden() throws Exception {
    assertThat(
            ((TcpOptions) target("url: 'h:25', module: mail, tcp: {tls: false}").module().options())
                .secure())
        .isFalse();
    DnsOptions.Question question =
        ((DnsOptions) target("url: h, module: names, dns: {query_type: MX}").module().options())
            .question();
    assertThat(question).isEqualTo(new DnsOptions.Question("example.org", 15, 1, true));
    assertThat(
            ((GrpcOptions)
                    target("url: 'h:1', module: health, grpc: {service: b}").module().options())
                .service())
        .isEqualTo("b");
  }

  @Test
  void every_address_of_a_name_is_probed_where_a_target_asks_for_it() throws Exception {
    assertThat(target("url: http://h/, probe_all_ips: true").options().allAddresses()).isTrue();
    assertThat(target("url: http://h/").options().allAddresses()).isFalse();
  }

  @Test
  void many_targets_may_have_options_of_their_own() throws Exception {
    String targets =
        String.join(
            "\n",
            IntStream.range(0, 2_000)
                .mapToObj(
                    i ->
                        "  - {url: 'http://h%d/', module: shop, http: {headers: {X: '%d'}}}"
                            .formatted(i, i))
                .toList());

    List<Target> read = settings(MODULES + "targets:\n" + targets + "\n").targets();

    assertThat(read).hasSize(2_000);
    HttpOptions one = (HttpOptions) read.get(0).module().options();
    HttpOptions other = (HttpOptions) read.get(1).module().options();
    assertThat(one.request().headers()).isNotEqualTo(other.request().headers());
    assertThat(one.client().tls()).isSameAs(other.client().tls());
  }
}
