package dev.echosounder.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.dial.Resolver;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoProxyTest {

  private static boolean covers(String rules, String url, String... addresses) {
    List<InetAddress> known =
        Arrays.stream(addresses).map(text -> Resolver.literal(text).orElseThrow()).toList();
    return new NoProxy(List.of(rules.split(",", -1)))
        .covers(Origin.of(URI.create(url)).orElseThrow(), known);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* | http://anything.example/ | 192.0.2.1 | true",
        "example.org | http://example.org/ | 192.0.2.1 | true",
        "example.org | http://www.Example.org/ | 192.0.2.1 | true",
        "example.org | http://notexample.org/ | 192.0.2.1 | false",
        "EXAMPLE.org | http://example.org/ | 192.0.2.1 | true",
        ".example.org | http://www.example.org/ | 192.0.2.1 | true",
        ".example.org | http://example.org/ | 192.0.2.1 | false",
        "*.example.org | http://www.example.org/ | 192.0.2.1 | true",
        "*.example.org | http://example.org/ | 192.0.2.1 | false",
        "example.org:8080 | http://example.org:8080/ | 192.0.2.1 | true",
        "example.org:8080 | http://example.org/ | 192.0.2.1 | false",
        "example.org:443 | https://example.org/ | 192.0.2.1 | true",
        "192.0.2.1 | http://192.0.2.1/ | 192.0.2.1 | true",
        "192.0.2.1 | http://by-name.example/ | 192.0.2.1 | true",
        "192.0.2.1:81 | http://192.0.2.1/ | 192.0.2.1 | false",
        "192.0.2.0/24 | http://by-name.example/ | 192.0.2.77 | true",
        "192.0.2.0/24 | http://by-name.example/ | 198.51.100.1 | false",
        "2001:db8::1 | http://[2001:db8::1]/ | 2001:db8::1 | true",
        "[2001:db8::1]:80 | http://[2001:db8::1]/ | 2001:db8::1 | true",
        "2001:db8::/32 | http://by-name.example/ | 2001:db8::1 | true",
        "other.example | http://localhost/ | 127.0.0.1 | true",
        "other.example | http://127.0.0.1/ | 127.0.0.1 | true",
        "other.example | http://[::1]/ | ::1 | true",
        "no/network | http://example.org/ | 192.0.2.1 | false"
      })
  void a_rule_covers_a_host_or_not(String rule, String url, String address, boolean covered) {
    assertThat(covers(rule, url, address)).isEqualTo(covered);
  }

  @Test
  void localhost_is_known_before_it_is_resolved() {
    assertThat(covers("other.example", "http://localhost/")).isTrue();
    assertThat(covers("other.example", "http://example.org/")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.example,example.org", " example.org ,", ",,example.org"})
  void one_of_several_rules_is_enough(String rules) {
    assertThat(covers(rules, "http://example.org/", "192.0.2.1")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost/", "http://127.0.0.1/"})
  void without_rules_a_proxy_is_asked_for_everything(String url) {
    assertThat(
            new NoProxy(List.of())
                .covers(
                    Origin.of(URI.create(url)).orElseThrow(),
                    List.of(InetAddress.getLoopbackAddress())))
        .isFalse();
  }
}
