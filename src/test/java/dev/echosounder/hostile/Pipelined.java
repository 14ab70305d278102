package dev.echosounder.hostile;

import static dev.echosounder.hostile.Hostile.CHUNKED;
import static dev.echosounder.hostile.Hostile.HOST;
import static dev.echosounder.hostile.Hostile.POST;

import java.util.List;

/** Whole requests, and parts of them, behind one that is answered later. */
public final class Pipelined {

  private static final String LATER = "GET /later?delay=1s HTTP/1.1\r\n" + HOST + "\r\n";
  private static final String LATER_WITH_BODY =
      "POST /later?delay=1s HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\n\r\nhello";
  private static final String NEXT = "GET /next HTTP/1.1\r\n" + HOST + "\r\n";
  private static final String SMALL = POST + "Content-Length: 5\r\n\r\nhello";
  private static final String LARGE = POST + "Content-Length: 7000\r\n\r\n" + "x".repeat(7_000);
  private static final String CHUNK = "5\r\nhello\r\n";

  /** The bytes of each. */
  public static final List<String> TABLE =
      List.of(
          LATER + SMALL,
          LATER + SMALL.repeat(3),
          LATER + SMALL.repeat(20),
          LATER + LARGE,
          LATER + LARGE.repeat(20),
          LATER + CHUNKED + CHUNK,
          LATER + CHUNKED + CHUNK.repeat(20),
          LATER + CHUNKED + CHUNK.repeat(20) + "0\r\n\r\n" + SMALL,
          LATER + SMALL.substring(0, SMALL.length() - 1),
          LATER_WITH_BODY + SMALL,
          LATER_WITH_BODY + CHUNKED + CHUNK,
          LATER + NEXT + SMALL,
          LATER + SMALL + LATER + SMALL,
          (NEXT + SMALL).repeat(300));

  private Pipelined() {}
}
