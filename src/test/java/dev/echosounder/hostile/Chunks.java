package dev.echosounder.hostile;

import static dev.echosounder.hostile.Hostile.CHUNKED;
import static dev.echosounder.hostile.Hostile.echoed;
import static dev.echosounder.hostile.Hostile.refused;

import java.util.List;

/** RFC 9112 section 7.1. */
final class Chunks {

  private static final String END = "0\r\n\r\n";

  static final List<Hostile> TABLE =
      List.of(
          bad("a signed size", "+5\r\nhello\r\n" + END),
          bad("a negative size", "-5\r\nhello\r\n" + END),
          bad("a size of minus zero", "-0\r\n\r\n"),
          bad("a size with 0x", "0x5\r\nhello\r\n" + END),
          bad("a size of other letters", "g\r\nhello\r\n" + END),
          bad("a size with an underscore", "0_5\r\nhello\r\n" + END),
          bad("a fractional size", "5.0\r\nhello\r\n" + END),
          bad("a quoted size", "\"5\"\r\nhello\r\n" + END),
          bad("no size", "\r\nhello\r\n" + END),
          bad("no size but an extension", ";x\r\nhello\r\n" + END),
          bad("a space before the size", " 5\r\nhello\r\n" + END),
          bad("a tab before the size", "\t5\r\nhello\r\n" + END),
          bad("a space after the size", "5 \r\nhello\r\n" + END),
          bad("a space in the size", "0 5\r\nhello\r\n" + END),
          bad("a control character after the size", "5\u0001\r\nhello\r\n" + END),
          bad("a vertical tab after the size", "5\u000b\r\nhello\r\n" + END),
          bad("NUL after the size", "5\0\r\nhello\r\n" + END),
          bad("DEL after the size", "5\u007f\r\nhello\r\n" + END),
          bad("a CR after the size", "5\r\r\nhello\r\n" + END),
          bad("a bare LF after the size", "5\nhello\r\n" + END),
          bad("a bare CR after the size", "5\rhello\r\n" + END),
          bad("a bare LF after the last size", "0\n\r\n"),
          bad("a bare LF after the body", "0\r\n\n"),
          bad("a bare LF after the data", "5\r\nhello\n" + END),
          bad("a bare CR after the data", "5\r\nhello\r0\r\n\r\n"),
          bad("nothing after the data", "5\r\nhello" + END),
          bad("two bytes of something else after the data", "5\r\nhelloXX" + END),
          bad("a size that is too small", "4\r\nhello\r\n" + END),
          bad("a size that is too large", "6\r\nhello\r\n" + END),
          bad("a size of 2^31", "80000000\r\nhello\r\n"),
          bad("a size of 2^32", "100000000\r\nhello\r\n"),
          bad("a size of 2^64", "10000000000000000\r\nhello\r\n"),
          bad("a size of 100 digits", "f".repeat(100) + "\r\nhello\r\n"),
          bad("a size of 5 kB of zeros", "0".repeat(5000) + "5\r\nhello\r\n" + END),
          bad("an extension of 5 kB", "5;" + "x".repeat(5000) + "\r\nhello\r\n" + END),
          bad("an extension with a LF", "5;x\n\r\nhello\r\n" + END),
          bad("an extension with a CR", "5;x\ry\r\nhello\r\n" + END),
          bad("an extension with a NUL", "5;x\0\r\nhello\r\n" + END),
          bad("an extension that is not closed", "5;x=\"y\r\nhello\r\n" + END),
          bad("an extension without a value", "5;x=\r\nhello\r\n" + END),
          bad("an extension of brackets", "5;[]\r\nhello\r\n" + END),
          bad("a trailer with a space before its colon", "0\r\nX : y\r\n\r\n"),
          bad("a trailer without a colon", "0\r\nX\r\n\r\n"),
          bad("a trailer with a NUL", "0\r\nX: \0\r\n\r\n"),
          bad("trailers of 9 kB", "0\r\nX: " + "x".repeat(9000) + "\r\n\r\n"),
          bad("10,000 trailers", "0\r\n" + "a:b\r\n".repeat(10_000) + "\r\n"),
          good("a size with zeros before it", "0005\r\nhello\r\n000\r\n\r\n"),
          good("a size in either case", "a\r\n0123456789\r\nA\r\n0123456789\r\n" + END),
          good("a chunk of one byte each", "1\r\nx\r\n".repeat(500) + END),
          good("extensions", "5;a;b=c;d=\"e f\"\r\nhello\r\n0;x\r\n\r\n"),
          good("a space before an extension", "5 ;a\r\nhello\r\n" + END),
          good("a trailer", "5\r\nhello\r\n0\r\nX: y\r\n\r\n"),
          good(
              "trailers that are no trailers",
              "0\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\nHost: b\r\n\r\n"),
          good("a chunk that looks like an end", "5\r\n0\r\n\r\n\r\n" + END));

  private static Hostile bad(String name, String body) {
    return refused(name, CHUNKED + body);
  }

  private static Hostile good(String name, String body) {
    return echoed(name, CHUNKED + body, "/");
  }

  private Chunks() {}
}
