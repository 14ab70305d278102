package dev.echosounder.hostile;

import static dev.echosounder.hostile.Hostile.CHUNKED;
import static dev.echosounder.hostile.Hostile.POST;
import static dev.echosounder.hostile.Hostile.cut;
import static dev.echosounder.hostile.Hostile.refused;

import java.util.List;

/** What stops in the middle, and stays. */
final class Unfinished {

  static final List<Hostile> TABLE =
      List.of(
          cut("nothing", ""),
          cut("empty lines", "\r\n\r\n"),
          cut("a letter", "G"),
          cut("a method", "GET"),
          cut("a method and a target", "GET /"),
          cut("a request line without its LF", "GET / HTTP/1.1\r"),
          cut("a request line", "GET / HTTP/1.1\r\n"),
          cut("a name", "GET / HTTP/1.1\r\nHost"),
          cut("a field", "GET / HTTP/1.1\r\nHost: a\r\n"),
          cut("all but the last LF", "GET / HTTP/1.1\r\nHost: a\r\n\r"),
          refused(408, "a body of nothing", POST + "Content-Length: 5\r\n\r\n"),
          refused(408, "half a body", POST + "Content-Length: 5\r\n\r\nhel"),
          refused(408, "no chunk", CHUNKED),
          refused(408, "half a size", CHUNKED + "5"),
          refused(408, "half a chunk", CHUNKED + "5\r\nhel"),
          refused(408, "a chunk without its end", CHUNKED + "5\r\nhello"),
          refused(408, "chunks without an end", CHUNKED + "5\r\nhello\r\n"),
          refused(408, "an end without its end", CHUNKED + "0\r\n"),
          refused(408, "half a trailer", CHUNKED + "0\r\nX: y"),
          refused(408, "a size of 2^31 - 1", CHUNKED + "7fffffff\r\nhello"),
          refused(
              408,
              "half a body that 100 was asked for",
              POST + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\nhel"));

  private Unfinished() {}
}
