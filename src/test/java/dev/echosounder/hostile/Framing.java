package dev.echosounder.hostile;

import static dev.echosounder.hostile.Hostile.body;
import static dev.echosounder.hostile.Hostile.echoed;
import static dev.echosounder.hostile.Hostile.refused;

import java.util.List;

/** RFC 9112 section 6: which bytes are the body. */
final class Framing {

  private static final String END = "0\r\n\r\n";

  static final List<Hostile> TABLE =
      List.of(
          refused(
              "a length, then chunked",
              body("Content-Length: 5\r\nTransfer-Encoding: chunked", END)),
          refused(
              "chunked, then a length",
              body("Transfer-Encoding: chunked\r\nContent-Length: 5", END)),
          refused(
              "a length of 0 and chunked",
              body("Content-Length: 0\r\nTransfer-Encoding: chunked", END)),
          refused(
              "a length that is right and chunked",
              body("Content-Length: 5\r\nTransfer-Encoding: CHUNKED", END)),
          refused(
              "a length and another coding",
              body("Content-Length: 5\r\nTransfer-Encoding: gzip", "hello")),
          refused(
              "a length and identity",
              body("Content-Length: 5\r\nTransfer-Encoding: identity", "hello")),
          refused(
              "a length and an empty coding",
              body("Content-Length: 5\r\nTransfer-Encoding:", "hello")),
          refused("two lengths", body("Content-Length: 5\r\nContent-Length: 6", "hello!")),
          refused("two equal lengths", body("Content-Length: 5\r\nContent-Length: 5", "hello")),
          refused("two lengths in a list", body("Content-Length: 5, 6", "hello!")),
          refused("two equal lengths in a list", body("Content-Length: 5, 5", "hello")),
          refused(
              "two lengths, one lower-case",
              body("Content-Length: 5\r\ncontent-length: 6", "hello!")),
          refused("a negative length", body("Content-Length: -1", "")),
          refused("a length of minus zero", body("Content-Length: -0", "")),
          refused("a signed length", body("Content-Length: +5", "hello")),
          refused("a hexadecimal length", body("Content-Length: 0x5", "hello")),
          refused("a length with a letter", body("Content-Length: 5x", "hello")),
          refused("a length in words", body("Content-Length: five", "hello")),
          refused("an empty length", body("Content-Length:", "hello")),
          refused("a length of spaces", body("Content-Length:    ", "hello")),
          refused("a fractional length", body("Content-Length: 5.0", "hello")),
          refused("a length with an exponent", body("Content-Length: 1e1", "hello")),
          refused("a length with a space inside", body("Content-Length: 1 0", "hello")),
          refused("a length with an underscore", body("Content-Length: 1_0", "hello")),
          refused("a quoted length", body("Content-Length: \"5\"", "hello")),
          refused("a length with a semicolon", body("Content-Length: 5;", "hello")),
          refused("a length with a comma", body("Content-Length: 5,", "hello")),
          refused("a length beyond 64 bits", body("Content-Length: 18446744073709551621", "hello")),
          refused("a length of 2^63", body("Content-Length: 9223372036854775808", "hello")),
          refused("a length of 100 digits", body("Content-Length: " + "9".repeat(100), "hello")),
          refused(
              413, "a length of 2^63 - 1", body("Content-Length: 9223372036854775807", "hello")),
          refused(413, "a length of 1 GB", body("Content-Length: 1000000000", "hello")),
          refused(
              413,
              "that of which 100 is expected",
              body("Expect: 100-continue\r\nContent-Length: 1000000000", "")),
          refused("a superscript length", body("Content-Length: \u00b2", "hello")),
          refused("a coding that is not known", body("Transfer-Encoding: xchunked", END)),
          refused("a coding that starts with chunked", body("Transfer-Encoding: chunkedx", END)),
          refused("a coding in quotes", body("Transfer-Encoding: \"chunked\"", END)),
          refused("a coding in apostrophes", body("Transfer-Encoding: 'chunked'", END)),
          refused("chunked twice", body("Transfer-Encoding: chunked, chunked", END)),
          refused(
              "chunked in two fields",
              body("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", END)),
          refused("gzip, chunked", body("Transfer-Encoding: gzip, chunked", END)),
          refused("chunked, gzip", body("Transfer-Encoding: chunked, gzip", END)),
          refused(
              "chunked and gzip in two fields",
              body("Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip", END)),
          refused(
              "gzip and chunked in two fields",
              body("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked", END)),
          refused(
              "chunked and identity",
              body("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", END)),
          refused("identity and chunked", body("Transfer-Encoding: identity, chunked", END)),
          refused("gzip alone", body("Transfer-Encoding: gzip", END)),
          refused("deflate alone", body("Transfer-Encoding: deflate", END)),
          refused("identity alone", body("Transfer-Encoding: identity", END)),
          refused("an empty coding", body("Transfer-Encoding:", END)),
          refused("a coding of commas", body("Transfer-Encoding: ,,", END)),
          refused("chunked with a comma", body("Transfer-Encoding: chunked,", END)),
          refused("a comma before chunked", body("Transfer-Encoding: ,chunked", END)),
          refused("chunked with a parameter", body("Transfer-Encoding: chunked;q=1", END)),
          refused("chunked with a vertical tab", body("Transfer-Encoding: \u000bchunked", END)),
          refused("chunked with a NUL", body("Transfer-Encoding: chunked\0", END)),
          refused("chunked in a name with a space", body("Transfer-Encoding : chunked", END)),
          refused(
              "chunked of HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n" + END),
          refused(
              "both of HTTP/1.0",
              "POST / HTTP/1.0\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + END),
          refused("a coding of GET", "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x\r\n\r\n"),
          echoed("chunked in any case", body("tRANSFER-eNCODING: cHuNkEd", END), "/"),
          echoed("spaces around chunked", body("Transfer-Encoding:  chunked \t", END), "/"),
          echoed("spaces around a length", body("Content-Length:  5 \t", "hello"), "/"),
          echoed("a length with zeros before it", body("Content-Length: 0005", "hello"), "/"),
          echoed("no body at all", body("X: y", ""), "/"),
          echoed(
              "a body that looks like a request",
              body("Content-Length: 34", "GET /inside HTTP/1.1\r\nHost: a\r\n\r\n\n"),
              "/"),
          echoed("a body of folded lines", body("Content-Length: 12", "a\r\n b\r\n\tc\r\n"), "/"),
          echoed(
              "a GET with a body",
              "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
              "/"));

  private Framing() {}
}
