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
