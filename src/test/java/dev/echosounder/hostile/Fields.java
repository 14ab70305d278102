package dev.echosounder.hostile;

import static dev.echosounder.hostile.Hostile.echoed;
import static dev.echosounder.hostile.Hostile.fields;
import static dev.echosounder.hostile.Hostile.refused;

import java.util.List;

/** RFC 9112 section 5, RFC 9110 section 5. */
final class Fields {

  private static final String GET = "GET / HTTP/1.1\r\n";

  static final List<Hostile> TABLE =
      List.of(
          refused("a space before the colon", fields("X : b")),
          refused("a tab before the colon", fields("X\t: b")),
          refused("a space before the colon of Host", GET + "Host : a\r\n\r\n"),
          refused("a space in a name", fields("X Y: b")),
          refused("a space before a name", GET + " Host: a\r\n\r\n"),
          refused("no colon", fields("X")),
          refused("no colon in a long line", fields("X".repeat(2000))),
          refused("no name", fields(": b")),
          refused("nothing but a colon", fields(":")),
          refused("a folded field", fields("X: a\r\n b")),
          refused("a field folded with a tab", fields("X: a\r\n\tb")),
          refused("a folded host", GET + "Host:\r\n a\r\n\r\n"),
          refused(
              "a folded length",
              "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n 5\r\n\r\nhello"),
          refused(
              "a folded coding",
              "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"),
          refused("a fold of nothing", fields("X: a\r\n ")),
          refused("a fold before any field", GET + " X: a\r\nHost: a\r\n\r\n"),
          refused("a fold at the end", GET + "Host: a\r\n \r\n\r\n"),
          refused("a bare LF after a field", GET + "Host: a\nX: b\r\n\r\n"),
          refused("a bare LF at the end of the head", GET + "Host: a\r\n\n"),
          refused("a bare CR in a value", fields("X: a\rb")),
          refused("a bare CR for a line end", GET + "Host: a\rX: b\r\n\r\n"),
          refused("a CR before the CRLF", fields("X: a\r")),
          refused("a CR alone in a line", GET + "Host: a\r\n\r\r\n"),
          refused("a smuggled field in a value", fields("X: a\rTransfer-Encoding: chunked")),
          refused("NUL in a name", fields("X\0: b")),
          refused("NUL in a value", fields("X: a\0b")),
          refused("NUL at the end of a value", fields("X: a\0")),
          refused("a vertical tab in a value", fields("X: a\u000bb")),
          refused("a form feed in a value", fields("X: a\fb")),
          refused("a vertical tab before a value", fields("X:\u000bb")),
          refused("a form feed before a value", fields("X:\fb")),
          refused("a control character in a value", fields("X: \u0001")),
          refused("an escape in a value", fields("X: \u001b[31m")),
          refused("DEL in a value", fields("X: \u007f")),
          refused("a control character in a name", fields("X\u0001: b")),
          refused("DEL in a name", fields("X\u007f: b")),
          refused("a letter beyond ASCII in a name", fields("\u00cb: b")),
          refused("a parenthesis in a name", fields("X(): b")),
          refused("a comma in a name", fields("X,Y: b")),
          refused("a slash in a name", fields("X/Y: b")),
          refused("a semicolon in a name", fields("X;Y: b")),
          refused("an equals sign in a name", fields("X=Y: b")),
          refused("an at sign in a name", fields("X@Y: b")),
          refused("brackets in a name", fields("X[]: b")),
          refused("braces in a name", fields("X{}: b")),
          refused("a quote in a name", fields("\"X\": b")),
          refused("a backslash in a name", fields("X\\: b")),
          refused("a question mark in a name", fields("X?: b")),
          refused(431, "a value of 9 kB", fields("X: " + "x".repeat(9000))),
          refused(431, "a name of 9 kB", fields("X".repeat(9000) + ": x")),
          refused(431, "a value of 1 MB", fields("X: " + "x".repeat(1 << 20))),
          refused(
              431,
              "200 fields of 50 bytes",
              fields("X: " + "x".repeat(47) + ("\r\nX: " + "x".repeat(47)).repeat(200))),
          refused(431, "10,000 fields", fields("a:" + "\r\na:".repeat(10_000))),
          echoed("2,000 fields of one name", fields("a:" + "\r\na:".repeat(2000)), "/"),
          echoed("an empty value", fields("X:"), "/"),
          echoed("a value of spaces", fields("X:   \t "), "/"),
          echoed("a value beyond ASCII", fields("X: \u00e9\u00ff"), "/"),
          echoed("a colon in a value", fields("X: a:b::"), "/"),
          echoed("every character of a name", fields("!#$%&'*+-.^_`|~09azAZ: x"), "/"));

  private Fields() {}
}
