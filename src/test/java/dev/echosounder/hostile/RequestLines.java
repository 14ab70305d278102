package dev.echosounder.hostile;

import static dev.echosounder.hostile.Hostile.HOST;
import static dev.echosounder.hostile.Hostile.echoed;
import static dev.echosounder.hostile.Hostile.line;
import static dev.echosounder.hostile.Hostile.refused;

import java.util.List;

/** RFC 9112 sections 2 and 3. */
final class RequestLines {

  static final List<Hostile> TABLE =
      List.of(
          refused("no words", line(" ")),
          refused("one word", line("GET")),
          refused("a method alone", line("GET ")),
          refused("no version (HTTP/0.9)", line("GET /")),
          refused("no version but its space", line("GET / ")),
          refused("four words", line("GET / HTTP/1.1 HTTP/1.1")),
          refused("a word after the version", line("GET / HTTP/1.1 x")),
          refused("a space in the target", line("GET /a b HTTP/1.1")),
          refused("a space before the method", line(" GET / HTTP/1.1")),
          refused("a tab before the method", line("\tGET / HTTP/1.1")),
          refused("a space after the version", line("GET / HTTP/1.1 ")),
          refused("a tab after the version", line("GET / HTTP/1.1\t")),
          refused("two spaces before the target", line("GET  / HTTP/1.1")),
          refused("two spaces before the version", line("GET /  HTTP/1.1")),
          refused("a tab before the target", line("GET\t/ HTTP/1.1")),
          refused("a tab before the version", line("GET /\tHTTP/1.1")),
          refused("a vertical tab for a space", line("GET\u000b/ HTTP/1.1")),
          refused("a form feed for a space", line("GET /\fHTTP/1.1")),
          refused("a CR for a space", line("GET\r/ HTTP/1.1")),
          refused("a CR before the version", line("GET /\rHTTP/1.1")),
          refused("a CR in the target", line("GET /a\rb HTTP/1.1")),
          refused("a CR before the CRLF", line("GET / HTTP/1.1\r")),
          refused("a bare LF at its end", "GET / HTTP/1.1\n" + HOST + "\r\n"),
          refused("nothing but bare LFs", "GET / HTTP/1.1\nHost: a\n\n"),
          refused("NUL before it", line("\0GET / HTTP/1.1")),
          refused("NUL in the method", line("G\0T / HTTP/1.1")),
          refused("NUL in the target", line("GET /\0 HTTP/1.1")),
          refused("NUL in the version", line("GET / HTTP/1.1\0")),
          refused("a control character in the target", line("GET /\u0001 HTTP/1.1")),
          refused("DEL in the target", line("GET /\u007f HTTP/1.1")),
          refused("DEL in the method", line("GE\u007fT / HTTP/1.1")),
          refused("a colon in the method", line("GET: / HTTP/1.1")),
          refused("an at sign in the method", line("GE@T / HTTP/1.1")),
          refused("a slash in the method", line("GE/T / HTTP/1.1")),
          refused("a parenthesis in the method", line("GET( / HTTP/1.1")),
          refused("a quote in the method", line("\"GET\" / HTTP/1.1")),
          refused("a letter beyond ASCII in the method", line("G\u00cbT / HTTP/1.1")),
          refused("a lower-case version", line("GET / http/1.1")),
          refused("a version without a name", line("GET / 1.1")),
          refused("a version without a slash", line("GET / HTTP1.1")),
          refused("a version of one digit", line("GET / HTTP/1")),
          refused("a version without a minor digit", line("GET / HTTP/1.")),
          refused("a version of three digits", line("GET / HTTP/1.10")),
          refused("a version with a leading zero", line("GET / HTTP/01.1")),
          refused("a signed version", line("GET / HTTP/+1.1")),
          refused("a version of letters", line("GET / HTTP/x.y")),
          refused("another protocol", line("GET / ICAP/1.0")),
          refused("HTTPS for a version", line("GET / HTTPS/1.1")),
          refused(505, "HTTP/0.9 by name", line("GET / HTTP/0.9")),
          refused(505, "HTTP/1.2", line("GET / HTTP/1.2")),
          refused(505, "HTTP/1.9", line("GET / HTTP/1.9")),
          refused(505, "HTTP/2.0", line("GET / HTTP/2.0")),
          refused(505, "HTTP/3.0", line("GET / HTTP/3.0")),
          refused(505, "HTTP/9.9", line("GET / HTTP/9.9")),
          refused(414, "a target of 5 kB", line("GET /" + "x".repeat(5000) + " HTTP/1.1")),
          refused(414, "a query of 5 kB", line("GET /?" + "x".repeat(5000) + " HTTP/1.1")),
          refused(414, "a method of 5 kB", line("X".repeat(5000) + " / HTTP/1.1")),
          refused(414, "5 kB without a space", "x".repeat(5000)),
          refused(414, "a target of 1 MB", line("GET /" + "x".repeat(1 << 20) + " HTTP/1.1")),
          echoed("an empty line before it", "\r\n" + line("GET /1 HTTP/1.1"), "/1"),
          echoed("ten empty lines before it", "\r\n".repeat(10) + line("GET /2 HTTP/1.1"), "/2"),
          echoed("a method that nobody has heard of", line("X-!#$%&'*+.^_`~1 /3 HTTP/1.1"), "/3"),
          echoed("a method of 1 kB", line("X".repeat(1000) + " /4 HTTP/1.1"), "/4"),
          echoed("a lower-case method is another method", line("get /5 HTTP/1.1"), "/5"),
          echoed(
              "a target of 4 kB",
              line("GET /" + "x".repeat(4000) + " HTTP/1.1"),
              "/" + "x".repeat(4000)));

  private RequestLines() {}
}
