package dev.echosounder.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "/, /",
    "/metrics, /metrics",
    "/metrics?x=1, /metrics",
    "/metrics?, /metrics",
    "/metrics?/../x, /metrics",
    "/%6detrics, /metrics",
    "/%6Detrics, /metrics",
    "/-%2freload, /-/reload",
    "/./metrics, /metrics",
    "/a/../metrics, /metrics",
    "/a/%2e%2e/metrics, /metrics",
    "/%2e/metrics, /metrics",
    "/../../metrics, /metrics",
    "/.., /",
    "/a/.., /",
    "/a/b/.., /a/",
    "/a/., /a/",
    "/a/.hidden, /a/.hidden",
    "/.well-known/x, /.well-known/x",
    "/metrics/, /metrics/",
    "//metrics, //metrics",
    "/METRICS, /METRICS",
    "/metrics;v=1, /metrics;v=1",
    "/%256detrics, /%6detrics",
    "/metrics%3Fx, /metrics?x",
    "http://example.org/metrics, /metrics",
    "HTTP://example.org:80/metrics?x, /metrics",
    "http://example.org, /",
    "http://example.org?x=/metrics, /",
    "http://example.org/a/../metrics, /metrics",
    "/x?u=http://example.org/metrics, /x",
    "/caf%C3%A9, /café",
  })
  void the_path_is_decoded_once_and_freed_of_dot_segments(String target, String path) {
    assertThat(RequestPath.of(target)).contains(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "metrics",
        "example.org:80",
        "*",
        "metrics",
        "x?u=http://a/metrics",
        "example.org:80",
        "/%",
        "/%4",
        "/%zz",
        "/%g0",
        "/a%00b",
        "/a%0d%0ab",
        "/a%7fb",
        "/%ff",
        "/%c3%28",
        "/a b",
        "/a\tb",
        "/a#b",
        "http://a#/metrics",
        "/a\u0000b",
        "/%ed%a0%80",
        "/%c0%af"
      })
  void a_malformed_target_has_no_path(String target) {
    assertThat(RequestPath.of(target)).isEmpty();
  }
}
