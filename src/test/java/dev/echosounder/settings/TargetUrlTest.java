package dev.echosounder.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetUrlTest {

  private static final Set<String> SECRETS = Set.of("token", "api_key");

  private static TargetUrl parse(String text) {
    return TargetUrl.parse(text, SECRETS);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "https://example.org/, example.org, 0, https://example.org/",
        "https://example.org, example.org, 0, https://example.org",
        "http://example.org:8080/a?b=c, example.org, 8080, http://example.org:8080/a?b=c",
        "http://example.org?q=1, example.org, 0, http://example.org?q=1",
        "HTTP://Example.ORG/, Example.ORG, 0, http://Example.ORG/",
        "http://http/http, http, 0, http://http/http",
        "http://[::1]:9090/x, [::1], 9090, http://[::1]:9090/x",
        "https://[2001:db8::1]/, [2001:db8::1], 0, https://[2001:db8::1]/",
        "http://my_service:81/, my_service, 81, http://my_service:81/",
        "http://user:pw@my_service/, my_service, 0, http://***@my_service/",
        "http://user:p@ss@example.org/, example.org, 0, http://***@example.org/",
        "http://example.org:/, example.org, 0, http://example.org/",
        "http://bücher.example/ä, xn--bcher-kva.example, 0, http://xn--bcher-kva.example/%C3%A4",
        "http://h/?token=x&a=b, h, 0, http://h/?token=***&a=b",
        "http://h/?a=b&TOKEN=x=y, h, 0, http://h/?a=b&TOKEN=***",
        "http://h/?api%5Fkey=x, h, 0, http://h/?api%5Fkey=***",
        "http://h/?token, h, 0, http://h/?token",
        "http://h/#token=x, h, 0, http://h/#token=***",
        "http://h/a%20b%2Fc, h, 0, http://h/a%20b%2Fc",
      })
  void a_url_has_a_host_a_port_and_a_form_that_may_be_shown(
      String text, String host, int port, String shown) {
    TargetUrl url = parse(text);

    assertThat(url.host()).isEqualTo(host);
    assertThat(url.port().orElse(0)).isEqualTo(port);
    assertThat(url.shown()).isEqualTo(shown).isEqualTo(url.toString());
    assertThat(url.matches(text)).isTrue();
    assertThat(url.matches(shown)).isTrue();
    assertThat(url.matches(text + "x")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/path",
        "example.org",
        "ftp://example.org/",
        "http:",
        "http:example.org",
        "http://",
        "http:///path",
        "http://:80/",
        "http://example.org:0/",
        "http://example.org:65536/",
        "http://example.org:port/",
        "http://exa mple.org/",
        "http://example.org/a b",
        "http://example.org/%zz",
        "http://[::1/",
        "http://[hunter2]/",
        "http://a,b/",
        "http://h%41/",
        "http://xn--\uD800/",
        "http://user:hunter2@/",
        "http://user:hunter2@exa mple/",
      })
  void what_is_no_url_is_refused_without_being_quoted(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(text))
        .withMessageStartingWith("expected ")
        .withMessageNotContaining("hunter2")
        .withNoCause();
  }

  @ParameterizedTest
  @CsvSource({
    "TCP, example.org:25, example.org, 25, example.org:25",
    "TCP, tcp://example.org:25, example.org, 25, tcp://example.org:25",
    "TCP, tcp://example.org:25/, example.org, 25, tcp://example.org:25",
    "TCP, 127.0.0.1:25, 127.0.0.1, 25, 127.0.0.1:25",
    "TCP, my_service:25, my_service, 25, my_service:25",
    "TCP, '[::1]:25', [::1], 25, '[::1]:25'",
    "DNS, 8.8.8.8, 8.8.8.8, 0, 8.8.8.8",
    "DNS, 8.8.8.8:5353, 8.8.8.8, 5353, 8.8.8.8:5353",
    "DNS, dns://8.8.8.8, 8.8.8.8, 0, dns://8.8.8.8",
    "DNS, ::1, [::1], 0, [::1]",
    "DNS, [2001:db8::1], [2001:db8::1], 0, [2001:db8::1]",
    "DNS, '[::1]:53', [::1], 53, '[::1]:53'",
    "GRPC, h:50051, h, 50051, h:50051",
    "GRPC, grpc://h:50051, h, 50051, grpc://h:50051",
    "GRPC, http://h:50051/, h, 50051, http://h:50051",
    "GRPC, https://h, h, 0, https://h",
  })
  void other_protocols_have_a_host_and_a_port(
      Protocol protocol, String text, String host, int port, String shown) {
    TargetUrl url = TargetUrl.parse(protocol, text, SECRETS);

    assertThat(url.host()).isEqualTo(host);
    assertThat(url.port().orElse(0)).isEqualTo(port);
    assertThat(url.shown()).isEqualTo(shown);
    assertThat(url.matches(text)).isTrue();
    assertThat(url.userInfo()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "TCP, example.org",
    "TCP, example.org:",
    "TCP, example.org:0",
    "TCP, example.org:65536",
    "TCP, :25",
    "TCP, ::1",
    "TCP, http://example.org:25",
    "TCP, TCP://example.org:25",
    "TCP, user:hunter2@h:25",
    "TCP, h:25/path",
    "TCP, h:25?token=hunter2",
    "TCP, 'h 25'",
    "DNS, ''",
    "DNS, tcp://h",
    "DNS, h:port",
    "DNS, '[::1'",
    "GRPC, dns://h:1",
    "GRPC, https://u:hunter2@h:1",
  })
  void what_is_no_host_and_port_is_refused_without_being_quoted(Protocol protocol, String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TargetUrl.parse(protocol, text, SECRETS))
        .withMessageStartingWith("expected ")
        .withMessageNotContaining("hunter2")
        .withNoCause();
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP, example.org/path, http://example.org/path",
    "HTTP, example.org:8080, http://example.org:8080",
    "HTTP, HTTPS://example.org/, https://example.org/",
    "HTTP, u:p@example.org/, http://***@example.org/",
    "TCP, h:25, h:25",
    "DNS, ::1, [::1]",
  })
  void a_scheme_may_be_missing_where_blackbox_exporter_lets_it(
      Protocol protocol, String text, String shown) {
    assertThat(TargetUrl.parseLeniently(protocol, text, SECRETS).shown()).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres://user:pw@db/x", "ftp://h/", "Redis://h"})
  void another_scheme_is_no_part_of_a_host(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TargetUrl.parseLeniently(Protocol.HTTP, text, SECRETS))
        .withMessage("expected a URL that starts with http:// or https://");
  }

  @Test
  void userinfo_is_decoded_and_a_plus_is_a_plus() {
    assertThat(parse("http://a%40b:c+d%3A@h/").userInfo()).contains(new Secret("a@b:c+d:"));
    assertThat(parse("http://my_service/").userInfo()).isEmpty();
    assertThat(parse("http://u:p@my_service/").userInfo()).contains(new Secret("u:p"));
  }

  @Test
  void urls_that_differ_in_a_secret_are_shown_the_same_but_are_not_equal() {
    TargetUrl one = parse("http://h/?token=1");
    TargetUrl other = parse("http://h/?token=2");

    assertThat(one.shown()).isEqualTo(other.shown());
    assertThat(one).isNotEqualTo(other).isEqualTo(parse("http://h/?token=1"));
    assertThat(one).hasSameHashCodeAs(parse("http://h/?token=1"));
  }
}
