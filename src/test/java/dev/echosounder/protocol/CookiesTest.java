package dev.echosounder.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookiesTest {

  private final Cookies cookies = new Cookies();

  private static Request request(String url) {
    URI uri = URI.create(url);
    return new Request(
        uri,
        Origin.of(uri).orElseThrow(),
        url,
        HttpMethod.GET,
        new DefaultHttpHeaders(),
        Optional.empty());
  }

  private void set(String url, String... values) {
    cookies.receive(request(url), new DefaultHttpHeaders().set("Set-Cookie", List.of(values)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://a.example/ | a=1 | http://a.example/x | a=1",
        "http://a.example/ | a=1 | http://a.example:81/ | a=1",
        "http://a.example/ | a=1 | http://b.example/ | ",
        "http://a.example/ | a=1 | http://www.a.example/ | ",
        "http://a.example/ | a=1 | https://a.example/ | a=1",
        "https://a.example/ | a=1; Secure | https://a.example/ | a=1",
        "https://a.example/ | a=1; Secure | http://a.example/ | ",
        "http://a.example/x/y | a=1 | http://a.example/x/z | a=1",
        "http://a.example/x/y | a=1 | http://a.example/xz | ",
        "http://a.example/x/y | a=1; Path=/ | http://a.example/ | a=1",
        "http://a.example/ | a=1; Path=/x | http://a.example/x | a=1",
        "http://a.example/ | a=1; Path=/x | http://a.example/xy | ",
        "http://www.a.org/ | a=1; Domain=a.org | http://login.a.org/ | a=1",
        "http://www.a.org/ | a=1; Domain=.A.org | http://a.org/ | a=1",
        "http://a.org/ | a=1; Domain=a.org | http://www.a.org/ | a=1",
        "http://www.a.org/ | a=1; Domain=b.org | http://b.org/ | ",
        "http://www.a.org/ | a=1; Domain=org | http://b.org/ | ",
        "http://www.a.co.uk/ | a=1; Domain=co.uk | http://b.co.uk/ | ",
        "http://1.2.3.4/ | a=1; Domain=3.4 | http://5.6.3.4/ | ",
        "http://a.example/ | a=1; Max-Age=60 | http://a.example/ | a=1",
        "http://a.example/ | a=1; Max-Age=0 | http://a.example/ | ",
        "http://a.example/ | a=1; Expires=Sun, 06 Nov 1994 08:49:37 GMT | http://a.example/ | ",
        "http://a.example/ | nonsense | http://a.example/ | "
      })
  void a_cookie_is_sent_where_it_belongs(String setBy, String cookie, String asked, String sent) {
    set(setBy, cookie);

    assertThat(cookies.of(request(asked))).isEqualTo(Optional.ofNullable(sent));
  }

  @Test
  void several_cookies_are_one_header_and_a_later_one_replaces_an_earlier() {
    set("http://a.example/", "a=1", "b=2");
    set("http://a.example/", "a=3");

    assertThat(cookies.of(request("http://a.example/"))).contains("b=2; a=3");
  }

  @Test
  void a_cookie_can_be_taken_back() {
    set("http://a.example/", "a=1");
    set("http://a.example/", "a=; Max-Age=0");

    assertThat(cookies.of(request("http://a.example/"))).isEmpty();
  }

  @Test
  void their_number_and_length_are_bounded() {
    for (int i = 0; i < 1000; i++) {
      set("http://a.example/", "a" + i + "=1", "b" + i + "=" + "x".repeat(5000));
    }

    assertThat(cookies.of(request("http://a.example/")).orElseThrow().length()).isLessThan(1000);
  }
}
