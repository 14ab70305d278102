package dev.echosounder.hostile;

import static dev.echosounder.hostile.Http2Fault.answered;
import static dev.echosounder.hostile.Http2Fault.resets;
import static dev.echosounder.testing.RawHttp2.DATA;
import static dev.echosounder.testing.RawHttp2.END_HEADERS;
import static dev.echosounder.testing.RawHttp2.END_STREAM;
import static dev.echosounder.testing.RawHttp2.HEADERS;
import static dev.echosounder.testing.RawHttp2.fields;
import static dev.echosounder.testing.RawHttp2.request;

import dev.echosounder.hostile.Http2Fault.Deed;
import java.util.List;

/** RFC 9113 section 8: requests that are wrong. */
final class Http2Requests {

  static final List<Http2Fault> TABLE =
      List.of(
          malformed("an upper-case name", "X-A", "b"),
          malformed("an empty name", "", "b"),
          malformed("a space in a name", "x a", "b"),
          malformed("a colon in a name", "x:a", "b"),
          malformed("NUL in a name", "x\0", "b"),
          malformed("NUL in a value", "x", "a\0b"),
          malformed("a CR in a value", "x", "a\rb"),
          malformed("a LF in a value", "x", "a\nb"),
          malformed("a smuggled request in a value", "x", "a\r\n\r\nGET /metrics HTTP/1.1"),
          malformed("Connection", "connection", "close"),
          malformed("Keep-Alive", "keep-alive", "timeout=5"),
          malformed("Proxy-Connection", "proxy-connection", "close"),
          malformed("Transfer-Encoding", "transfer-encoding", "chunked"),
          malformed("Upgrade", "upgrade", "h2c"),
          malformed("TE that is not trailers", "te", "gzip"),
          malformed("a pseudo field that nobody knows", ":foo", "b"),
          malformed("a pseudo field of answers", ":status", "200"),
          malformed("a second path", ":path", "/metrics"),
          malformed("a second method", ":method", "POST"),
          malformed("a second authority", ":authority", "b"),
          malformed("a host that is another", "host", "b"),
          malformed("a length that is no number", "content-length", "abc"),
          malformed("a negative length", "content-length", "-1"),
          malformed("a length of no body", "content-length", "5"),
          head("no method", ":scheme", "http", ":path", "/", ":authority", "a"),
          head("no scheme", ":method", "GET", ":path", "/", ":authority", "a"),
          head("no path", ":method", "GET", ":scheme", "http", ":authority", "a"),
          head("an empty path", request("GET", "")),
          head("nothing"),
          head(
              "a pseudo field after others",
              "x",
              "y",
              ":method",
              "GET",
              ":scheme",
              "http",
              ":path",
              "/",
              ":authority",
              "a"),
          head("a path of CONNECT", request("CONNECT", "/metrics")),
          head(
              "a host with a space",
              ":method",
              "GET",
              ":scheme",
              "http",
              ":path",
              "/",
              ":authority",
              "a b"),
          head("userinfo", ":method", "GET", ":scheme", "http", ":path", "/", ":authority", "u@a"),
          refused(400, "no authority", ":method", "GET", ":scheme", "http", ":path", "/"),
          refused(400, "a path without a slash", request("GET", "metrics")),
          refused(400, "an asterisk of GET", request("GET", "*")),
          refused(400, "an encoded NUL", request("GET", "/%00")),
          refused(400, "a path that is not UTF-8", request("GET", "/%ff")),
          refused(400, "a fragment", request("GET", "/metrics#x")),
          refused(400, "a space in a path", request("GET", "/a b")),
          refused(431, "9 kB of fields", request("GET", "/", "x", "y".repeat(9000))),
          answered(200, "a reserved path on the main port", c -> c.get(1, "/x/%2e%2e/metrics")),
          answered(
              413,
              "a body larger than the largest",
              post("/").then(((Deed) c -> c.frame(DATA, 0, 1, new byte[16_000])).times(4))),
          answered(
              413,
              "a length larger than the largest",
              c ->
                  c.frame(
                      HEADERS,
                      END_HEADERS,
                      1,
                      fields(request("POST", "/", "content-length", "1000000")))),
          answered(408, "a body that does not come", post("/")),
          answered(
              408, "a body that stops", post("/").then(c -> c.frame(DATA, 0, 1, new byte[10]))),
          resets(
              "PROTOCOL_ERROR",
              "a body shorter than its length",
              c ->
                  c.frame(
                          HEADERS,
                          END_HEADERS,
                          1,
                          fields(request("POST", "/", "content-length", "5")))
                      .frame(DATA, END_STREAM, 1, new byte[3])),
          resets(
              "PROTOCOL_ERROR",
              "a body longer than its length",
              c ->
                  c.frame(
                          HEADERS,
                          END_HEADERS,
                          1,
                          fields(request("POST", "/", "content-length", "5")))
                      .frame(DATA, END_STREAM, 1, new byte[9])),
          resets(
              "PROTOCOL_ERROR",
              "trailers with a pseudo field",
              post("/")
                  .then(
                      c ->
                          c.frame(
                              HEADERS, END_STREAM | END_HEADERS, 1, fields(":path", "/metrics")))),
          resets(
              "PROTOCOL_ERROR",
              "trailers that do not end it",
              post("/").then(c -> c.frame(HEADERS, END_HEADERS, 1, fields("x", "y")))));

  private static Http2Fault malformed(String name, String field, String value) {
    return head(name, request("GET", "/", field, value));
  }

  private static Http2Fault head(String name, String... fields) {
    return resets(
        "PROTOCOL_ERROR", name, c -> c.frame(HEADERS, END_STREAM | END_HEADERS, 1, fields(fields)));
  }

  private static Http2Fault refused(int status, String name, String... fields) {
    return answered(
        status, name, c -> c.frame(HEADERS, END_STREAM | END_HEADERS, 1, fields(fields)));
  }

  private static Deed post(String path) {
    return c -> c.frame(HEADERS, END_HEADERS, 1, fields(request("POST", path)));
  }

  private Http2Requests() {}
}
