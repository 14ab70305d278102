package dev.echosounder.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.echosounder.settings.GrpcOptions;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.TcpOptions;
import dev.echosounder.settings.TlsOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeHostTest {

  private static final TlsOptions NAMED = TlsOptions.DEFAULT.withServerName("configured.example");

  @ParameterizedTest
  @CsvSource({
    "shop.example, shop.example",
    "shop.example:8443, shop.example",
    "my_host, my_host",
    "10.0.0.1:80, 10.0.0.1",
    "[::1]:80, ::1",
    "[::1], ::1",
  })
  void over_http_it_is_the_host_header_and_the_name_for_tls(String hostname, String serverName) {
    HttpOptions options = (HttpOptions) ProbeHost.put(hostname, Module.http2xx()).options();

    assertThat(options.request().headers())
        .isEqualTo(Map.of("Host", List.of(new Secret(hostname))));
    assertThat(options.client().tls().serverName()).contains(serverName);
  }

  @Test
  void other_headers_of_the_module_stay_and_so_does_the_same_host_in_any_case() {
    Module module = http(Map.of("hOST", secret("shop.example"), "X-Tenant", secret("7")));

    HttpOptions options = (HttpOptions) ProbeHost.put("shop.example", module).options();

    assertThat(options.request().headers())
        .isEqualTo(Map.of("Host", secret("shop.example"), "X-Tenant", secret("7")));
  }

  @Test
  void another_host_in_the_module_is_refused_without_being_shown() {
    Module module = http(Map.of("Host", secret("canary.example")));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProbeHost.put("shop.example", module))
        .withMessage("hostname: expected the Host header of the module, or none there");
  }

  @Test
  void over_tcp_it_is_the_name_for_tls() {
    TcpOptions options =
        (TcpOptions) ProbeHost.put("shop.example", tcp(TlsOptions.DEFAULT)).options();

    assertThat(options.tls().serverName()).contains("shop.example");
  }

  @Test
  void a_name_for_tls_that_is_configured_stays() {
    TcpOptions options = (TcpOptions) ProbeHost.put("shop.example", tcp(NAMED)).options();

    assertThat(options.tls().serverName()).contains("configured.example");
  }

  @Test
  void grpc_has_no_use_for_it() {
    Module module = new Module("grpc", Optional.empty(), GrpcOptions.DEFAULT);

    assertThat(ProbeHost.put("shop.example", module)).isEqualTo(module);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\nX-Evil: 1",
        "a b",
        "a/b",
        "user@host",
        "host:",
        "host:port",
        "::1",
        "\u00fc"
      })
  void what_is_no_host_is_refused(String hostname) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProbeHost.put(hostname, Module.http2xx()))
        .withMessage("hostname: expected a host name, with a port or without");
  }

  private static List<Secret> secret(String value) {
    return List.of(new Secret(value));
  }

  private static Module http(Map<String, List<Secret>> headers) {
    HttpOptions.Request request = new HttpOptions.Request("GET", headers, Optional.empty(), true);
    return Module.http2xx().with(HttpOptions.DEFAULT.with(request));
  }

  private static Module tcp(TlsOptions tls) {
    TcpOptions options = TcpOptions.DEFAULT;
    return new Module(
        "tcp",
        Optional.empty(),
        new TcpOptions(options.ip(), options.source(), true, tls, options.dialogue()));
  }
}
