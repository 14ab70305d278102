package dev.echosounder.hostile;

import static dev.echosounder.hostile.Hostile.echoed;
import static dev.echosounder.hostile.Hostile.faulted;
import static dev.echosounder.hostile.Hostile.line;
import static dev.echosounder.hostile.Hostile.refused;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every way to spell a reserved path that is known to have worked somewhere. With a management port
 * nothing of it is reserved on the main one; what each means is what the echo shows.
 */
final class Paths {

  private static final List<String> RESERVED =
      List.of(
          "/metrics",
          "/queryurl",
          "/probe",
          "/history",
          "/config",
          "/-/reload",
          "/healthcheck",
          "/healthcheck/live",
          "/healthcheck/ready");

  private static final List<Hostile> SPELLINGS =
      List.of(
          path("/METRICS", "/METRICS"),
          path("/Metrics", "/Metrics"),
          path("//metrics", "//metrics"),
          path("///metrics", "///metrics"),
          path("/metrics/", "/metrics/"),
          path("/metrics//", "/metrics//"),
          path("/./metrics", "/metrics"),
          path("/././metrics", "/metrics"),
          path("/.//metrics", "//metrics"),
          path("/../metrics", "/metrics"),
          path("/../../../metrics", "/metrics"),
          path("/x/../metrics", "/metrics"),
          path("/x/y/../../metrics", "/metrics"),
          path("/metrics/.", "/metrics/"),
          path("/metrics/..", "/"),
          path("/metrics/../metrics", "/metrics"),
          path("/%2e/metrics", "/metrics"),
          path("/%2E%2e/metrics", "/metrics"),
          path("/.%2e/metrics", "/metrics"),
          path("/x/%2e%2e/metrics", "/metrics"),
          path("/x%2f..%2fmetrics", "/metrics"),
          path("/x%2F%2E%2E%2Fmetrics", "/metrics"),
          path("/%2fmetrics", "//metrics"),
          path("/%6detrics", "/metrics"),
          path("/%6d%65%74%72%69%63%73", "/metrics"),
          path("/%4detrics", "/Metrics"),
          path("/%256detrics", "/%6detrics"),
          path("/%252e%252e/metrics", "/%2e%2e/metrics"),
          path("/%25252e/metrics", "/%252e/metrics"),
          path("/-%2freload", "/-/reload"),
          path("/-%252freload", "/-%2freload"),
          path("/metrics;x=1", "/metrics;x=1"),
          path("/metrics;", "/metrics;"),
          path("/;/metrics", "/;/metrics"),
          path("/..;/metrics", "/..;/metrics"),
          path("/x/..;/metrics", "/x/..;/metrics"),
          path("/metrics%3bx", "/metrics;x"),
          path("/metrics%3f", "/metrics?"),
          path("/metrics%23", "/metrics#"),
          path("/metrics%20", "/metrics "),
          path("/%20metrics", "/ metrics"),
          path("/metrics.", "/metrics."),
          path("/metrics..", "/metrics.."),
          path("/metrics.json", "/metrics.json"),
          path("/metrics::$DATA", "/metrics::$DATA"),
          path("/metrics~", "/metrics~"),
          path("/metrics*", "/metrics*"),
          path("/metrics+", "/metrics+"),
          path("/metrics,", "/metrics,"),
          path("/metrics:80", "/metrics:80"),
          path("/metrics&x", "/metrics&x"),
          path("/@/metrics", "/@/metrics"),
          path("/x/..%5cmetrics", "/x/..\\\\metrics"),
          path("/\\metrics", "/\\\\metrics"),
          path("/%5cmetrics", "/\\\\metrics"),
          path("/%ef%bd%8detrics", "/\uff4detrics"),
          path("/%ef%bc%8fmetrics", "/\uff0fmetrics"),
          path("/%e2%80%8bmetrics", "/\u200bmetrics"),
          path("/m%c3%a9trics", "/m\u00e9trics"),
          path("/%ef%bb%bf/metrics", "/\ufeff/metrics"),
          path("/metrics?", "/metrics"),
          path("/metrics?x=/../y", "/metrics"),
          path("/x?/../metrics", "/x"),
          path("/?/metrics", "/"),
          path("http://a/metrics", "/metrics"),
          path("HTTP://a/metrics", "/metrics"),
          path("https://a:1/metrics", "/metrics"),
          path("http://a/x/../metrics", "/metrics"),
          path("http://a//metrics", "//metrics"),
          path("http://a", "/"),
          path("http://a?x=/metrics", "/"),
          path("http://u:p@a/metrics", "/metrics"),
          path("ftp://a/metrics", "/metrics"));

  private static final List<Hostile> REFUSED =
      Stream.of(
              "metrics",
              "*",
              "?/metrics",
              "./metrics",
              "../metrics",
              ";/metrics",
              "\\metrics",
              "%2fmetrics",
              "%2Fmetrics",
              "http:/metrics",
              "http:metrics",
              "http:///metrics",
              "http://",
              "http://?x",
              "://a/metrics",
              "1ttp:\\\\a/metrics",
              "/metrics#x",
              "/#/metrics",
              "http://a#/metrics",
              "/%",
              "/%2",
              "/%zz",
              "/%g1",
              "/%-1",
              "/% 1",
              "/%u006detrics",
              "/%00metrics",
              "/metrics%00",
              "/metrics%0a",
              "/metrics%0d%0aHost:%20b",
              "/metrics%09",
              "/%7fmetrics",
              "/%1b",
              "/%80",
              "/%ff",
              "/%c3",
              "/%c3%28",
              "/%c0%af",
              "/%c0%ae%c0%ae/metrics",
              "/%e0%80%af",
              "/%f0%80%80%af",
              "/%ed%a0%80",
              "/%f8%80%80%80%af",
              "/%f4%90%80%80",
              "/%c2%85metrics",
              "/%fe%ff")
          .map(target -> refused("the target " + target, line("GET " + target + " HTTP/1.1")))
          .toList();

  private static final List<Hostile> OTHERS =
      List.of(
          refused("an asterisk and more of OPTIONS", line("OPTIONS *x HTTP/1.1")),
          refused("a path of CONNECT", line("CONNECT /metrics HTTP/1.1")),
          refused("no port of CONNECT", line("CONNECT a HTTP/1.1")),
          refused("a URL of CONNECT", line("CONNECT http://a:80/metrics HTTP/1.1")),
          refused("no host of CONNECT", line("CONNECT :80 HTTP/1.1")),
          echoed("the asterisk of OPTIONS", line("OPTIONS * HTTP/1.1"), "*"),
          faulted("a malformed delay", line("GET /?delay=%zz HTTP/1.1")),
          faulted("an empty delay", line("GET /?delay= HTTP/1.1")),
          faulted("a negative delay", line("GET /?delay=-1s HTTP/1.1")),
          faulted("a delay that is too long", line("GET /?delay=31s HTTP/1.1")),
          faulted("a delay beyond 64 bits", line("GET /?delay=99999999999999999999h HTTP/1.1")),
          faulted("a delay that is no number", line("GET /?delay=NaN HTTP/1.1")),
          faulted("an infinite delay", line("GET /?delay=Infinity HTTP/1.1")),
          faulted("a status that is none", line("GET /status/99 HTTP/1.1")),
          faulted("an interim status", line("GET /status/101 HTTP/1.1")),
          faulted("a status beyond the highest", line("GET /status/600 HTTP/1.1")),
          faulted("a negative status", line("GET /status/-200 HTTP/1.1")),
          faulted("a status beyond 64 bits", line("GET /status/99999999999999999999 HTTP/1.1")),
          echoed(
              "a status of other digits",
              line("GET /status/%d9%a2%d9%a0%d9%a0 HTTP/1.1"),
              "/status/\u0662\u0660\u0660"));

  static final List<Hostile> TABLE =
      Stream.of(
              RESERVED.stream().map(path -> path(path, path)),
              SPELLINGS.stream(),
              REFUSED.stream(),
              OTHERS.stream())
          .flatMap(rows -> rows)
          .toList();

  private static Hostile path(String target, String path) {
    return echoed("the target " + target, line("GET " + target + " HTTP/1.1"), path);
  }

  private Paths() {}
}
