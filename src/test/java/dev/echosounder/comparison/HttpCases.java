package dev.echosounder.comparison;

import dev.echosounder.testing.ScriptedTarget;
import java.util.ArrayList;
import java.util.List;

/** The cases of the HTTP prober over plain TCP. */
final class HttpCases {

  private final ScriptedTarget server;
  private final List<Case> cases = new ArrayList<>();

  HttpCases(ScriptedTarget server) {
    this.server = server;
  }

  List<Case> all(int unused) {
    for (int status : new int[] {200, 201, 299, 304, 400, 401, 404, 500, 503}) {
      add("status " + status, "http_2xx", "/" + status);
    }
    add("no content", "http_2xx", "/204");
    add("an interim answer before the final one", "http_2xx", "/interim");
    add("a status that the module takes", "http_404", "/410");
    add("a good status that the module does not take", "http_404", "/200");
    add("a target without a scheme", "http_2xx", "127.0.0.1:" + server.port() + "/200");
    add("a method and a body", "http_post", "/json");
    add("HEAD", "http_head", "/200");
    add("a Host header", "http_host", "/shop");
    cases.add(
        Case.of("a host name of the query", "http_2xx", url("/shop"))
            .with("&hostname=shop.example"));
    redirects();
    bodies();
    headers();
    add("basic authentication", "http_basic", "/basic");
    add("a password from a file", "http_basic_file", "/basic");
    add("no authentication", "http_2xx", "/basic");
    add("a bearer token", "http_bearer", "/bearer");
    add("a bearer token, by the old key", "http_bearer_token", "/bearer");
    add("a bearer token from a file", "http_bearer_file", "/bearer");
    add("an OAuth2 token", "http_oauth2", "/granted");
    add("through a proxy", "http_proxy", "/200");
    add("a host name, IPv4 preferred", "http_ip4", "http://localhost:" + server.port() + "/200");
    add("a host name, IPv4 only", "http_ip4_only", "http://localhost:" + server.port() + "/200");
    add("a host name that does not exist", "http_short", "http://nowhere.invalid/");
    add("a refused connection", "http_2xx", "http://127.0.0.1:" + unused + "/");
    faults();
    return cases;
  }

  private void redirects() {
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      add("a redirect by " + status, "http_2xx", "/to-200-by-" + status);
    }
    add("a redirect after POST", "http_post", "/to-200-by-303");
    add("a redirect to an absolute URL", "http_2xx", "/to-absolute");
    add("a redirect to a relative path", "http_2xx", "/relative/a");
    add("a redirect to 404", "http_2xx", "/to-404");
    add("ten redirects", "http_2xx", "/down-from-10");
    add("eleven redirects", "http_2xx", "/down-from-11");
    add("a redirect to itself", "http_2xx", "/loop");
    add("a redirect that is not followed", "http_unfollowed", "/to-200-by-302");
    add(
        "a redirect that is not followed, by the old key",
        "http_no_follow_redirects",
        "/to-200-by-302");
    add("a redirect that is not followed and good", "http_302", "/to-200-by-302");
    add("a redirect without a place", "http_2xx", "/nowhere");
    add("a redirect to no URL", "http_2xx", "/bad-location", Difference.REDIRECT_TO_NOWHERE);
    add("a redirect to another scheme", "http_2xx", "/ftp", Difference.REDIRECT_TO_NOWHERE);
    add("a cookie of the redirect before", "http_2xx", "/login");
  }

  private void bodies() {
    add("an empty body", "http_2xx", "/empty");
    add("a body in chunks", "http_2xx", "/chunked");
    add("a body that ends with the connection", "http_2xx", "/1.0");
    add("a large body", "http_2xx", "/large");
    add("a body that must not match and does", "http_body_matches", "/database");
    add("a body that must not match and does not", "http_body_matches", "/welcome");
    add("a body that must match and does", "http_body_not_matches", "/welcome");
    add("a body that must match and does not", "http_body_not_matches", "/database");
    add("a body that must match, of a bad status", "http_body_not_matches", "/503");
    add("a gzip body", "http_gzip", "/gzip");
    add("a deflate body", "http_deflate", "/deflate");
    add("a Brotli body", "http_br", "/br");
    add("a gzip body that must match", "http_gzip_matches", "/gzip");
    add("a gzip body that nobody asked for", "http_2xx", "/gzip");
    add("a body that is not gzip", "http_gzip", "/not-gzip");
    add("a body at the limit", "http_limit", "/ten");
    add("a body above the limit", "http_limit", "/eleven");
    add("a gzip bomb above the limit", "http_limit_gzip", "/bomb");
  }

  private void headers() {
    add("a header that must not match and does", "http_header_matches", "/cached");
    add("one of two headers that must not match", "http_header_matches", "/cached-twice");
    add("a header that must not match and is missing", "http_header_matches", "/200");
    add("a header that may be missing", "http_header_matches_missing", "/200");
    add("a header that must match and does", "http_header_not_matches", "/cors");
    add("a header that must match and does not", "http_header_not_matches", "/no-cors");
    add("HTTP/1.0", "http_10", "/1.0");
    add("HTTP/1.1 where 1.0 is wanted", "http_10", "/200");
    add("HTTP/1.0 where 1.1 is wanted", "http_11", "/1.0");
    add("Last-Modified", "http_2xx", "/modified");
    add("Last-Modified that is no date", "http_2xx", "/not-modified-a-date");
    add("no TLS where it must not be", "http_fail_if_ssl", "/200");
    add("no TLS where it must be", "http_fail_if_not_ssl", "/200");
  }

  private void faults() {
    add("a head that is late", "http_2xx", "/slow-head");
    add("a body that is late", "http_2xx", "/slow-body");
    add("a redirect and a head that are late", "http_2xx", "/slow-redirect");
    add("silence", "http_short", "/silent", Difference.PHASE_UNDER_WAY);
    add("a body that stops", "http_short", "/stops");
    add("a head that does not end", "http_short", "/held-head", Difference.PHASE_UNDER_WAY);
    add("a connection that is closed", "http_2xx", "/closed");
    add("a connection that is reset", "http_2xx", "/reset");
    add("garbage", "http_2xx", "/garbage");
    add("half a head", "http_2xx", "/half-head");
    add("a truncated body", "http_2xx", "/truncated");
    add("broken chunks", "http_2xx", "/broken-chunks");
  }

  private String url(String path) {
    return server.url(path);
  }

  /** A path of the server, or a whole target. */
  private void add(String name, String module, String target, Difference... known) {
    String whole = target.startsWith("/") ? url(target) : target;
    cases.add(Case.of(name, module, whole).but(known));
  }
}
