package dev.echosounder.hostile;

import static dev.echosounder.hostile.Http2Fault.answered;
import static dev.echosounder.hostile.Http2Fault.ends;
import static dev.echosounder.hostile.Http2Fault.greeted;
import static dev.echosounder.hostile.Http2Fault.resets;
import static dev.echosounder.testing.RawHttp2.ACK;
import static dev.echosounder.testing.RawHttp2.CONTINUATION;
import static dev.echosounder.testing.RawHttp2.DATA;
import static dev.echosounder.testing.RawHttp2.END_HEADERS;
import static dev.echosounder.testing.RawHttp2.END_STREAM;
import static dev.echosounder.testing.RawHttp2.GOAWAY;
import static dev.echosounder.testing.RawHttp2.HEADERS;
import static dev.echosounder.testing.RawHttp2.PADDED;
import static dev.echosounder.testing.RawHttp2.PING;
import static dev.echosounder.testing.RawHttp2.PREFACE;
import static dev.echosounder.testing.RawHttp2.PRIORITY;
import static dev.echosounder.testing.RawHttp2.PUSH_PROMISE;
import static dev.echosounder.testing.RawHttp2.RST_STREAM;
import static dev.echosounder.testing.RawHttp2.SETTINGS;
import static dev.echosounder.testing.RawHttp2.WINDOW_UPDATE;
import static dev.echosounder.testing.RawHttp2.WITH_PRIORITY;
import static dev.echosounder.testing.RawHttp2.fields;
import static dev.echosounder.testing.RawHttp2.number;
import static dev.echosounder.testing.RawHttp2.request;

import dev.echosounder.hostile.Http2Fault.Deed;
import dev.echosounder.testing.RawHttp2;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** RFC 9113 sections 3 to 6: frames that are wrong, or too many. */
final class Http2Frames {

  private static final String PROTOCOL = "PROTOCOL_ERROR";
  private static final String SIZE = "FRAME_SIZE_ERROR";
  private static final String FLOW = "FLOW_CONTROL_ERROR";
  private static final String COMPRESSION = "COMPRESSION_ERROR";
  private static final String CALM = "ENHANCE_YOUR_CALM";

  private static final byte[] GET = fields(request("GET", "/"));
  private static final int WHOLE = END_STREAM | END_HEADERS;
  private static final Deed POST =
      c -> c.frame(HEADERS, END_HEADERS, 1, fields(request("POST", "/")));
  private static final Deed HALF_HEADERS = c -> c.frame(HEADERS, END_STREAM, 1, GET);
  private static final Deed DELAYED = c -> c.get(1, "/?delay=1s");

  static final List<Http2Fault> TABLE =
      List.of(
          ends(PROTOCOL, "data of no stream", c -> c.frame(DATA, 0, 0, new byte[1])),
          ends(PROTOCOL, "headers of no stream", c -> c.frame(HEADERS, WHOLE, 0, GET)),
          ends(PROTOCOL, "a stream of even number", c -> c.frame(HEADERS, WHOLE, 2, GET)),
          greeted(
              "3 reset STREAM_CLOSED", "a stream of lower number", c -> c.get(5, "/").get(3, "/")),
          ends(PROTOCOL, "data of an idle stream", c -> c.frame(DATA, 0, 1, new byte[1])),
          ends(PROTOCOL, "a reset of an idle stream", c -> c.frame(RST_STREAM, 0, 1, number(8))),
          ends(
              PROTOCOL, "a window of an idle stream", c -> c.frame(WINDOW_UPDATE, 0, 1, number(1))),
          ends(PROTOCOL, "a reset of no stream", c -> c.frame(RST_STREAM, 0, 0, number(8))),
          ends(PROTOCOL, "a priority of no stream", c -> c.frame(PRIORITY, 0, 0, new byte[5])),
          ends(
              PROTOCOL,
              "a window that grows by nothing",
              c -> c.frame(WINDOW_UPDATE, 0, 0, number(0))),
          ends(FLOW, "a window beyond 2^31", c -> c.frame(WINDOW_UPDATE, 0, 0, number(0x7fffffff))),
          ends(SIZE, "a window of three bytes", c -> c.frame(WINDOW_UPDATE, 0, 0, new byte[3])),
          ends(SIZE, "settings of five bytes", c -> c.frame(SETTINGS, 0, 0, new byte[5])),
          ends(
              SIZE,
              "an acknowledgement with settings",
              c -> c.frame(SETTINGS, ACK, 0, setting(4, 1))),
          ends(PROTOCOL, "settings of a stream", c -> c.frame(SETTINGS, 0, 1)),
          ends(PROTOCOL, "a push of 2", c -> c.frame(SETTINGS, 0, 0, setting(2, 2))),
          ends(
              FLOW,
              "an initial window of 2^31",
              c -> c.frame(SETTINGS, 0, 0, setting(4, 1L << 31))),
          ends(
              PROTOCOL,
              "frames of at most 100 bytes",
              c -> c.frame(SETTINGS, 0, 0, setting(5, 100))),
          ends(
              PROTOCOL,
              "frames of at most 2^32 bytes",
              c -> c.frame(SETTINGS, 0, 0, setting(5, 0xffffffffL))),
          ends(SIZE, "a ping of seven bytes", c -> c.frame(PING, 0, 0, new byte[7])),
          ends(PROTOCOL, "a ping of a stream", c -> c.frame(PING, 0, 1, new byte[8])),
          ends(PROTOCOL, "a goaway of a stream", c -> c.frame(GOAWAY, 0, 1, new byte[8])),
          ends(
              PROTOCOL,
              "a push by a client",
              DELAYED.then(c -> c.frame(PUSH_PROMISE, END_HEADERS, 1, number(2)))),
          ends(
              PROTOCOL,
              "a continuation of nothing",
              c -> c.frame(CONTINUATION, END_HEADERS, 1, GET)),
          ends(PROTOCOL, "data amid headers", HALF_HEADERS.then(c -> c.frame(DATA, 0, 1))),
          ends(
              PROTOCOL,
              "a ping amid headers",
              HALF_HEADERS.then(c -> c.frame(PING, 0, 0, new byte[8]))),
          ends(PROTOCOL, "headers amid headers", HALF_HEADERS.then(c -> c.get(3, "/"))),
          ends(
              PROTOCOL,
              "a continuation of another stream",
              HALF_HEADERS.then(c -> c.frame(CONTINUATION, END_HEADERS, 3))),
          ends(
              PROTOCOL,
              "padding longer than its frame",
              c -> c.frame(HEADERS, WHOLE | PADDED, 1, (byte) 0xff, (byte) 0)),
          ends(
              SIZE,
              "a frame of 16,385 bytes",
              POST.then(c -> c.frame(DATA, 0, 1, new byte[16_385]))),
          ends(
              SIZE,
              "a frame that says it has 16 MB",
              c -> c.send("\u00ff\u00ff\u00ff\0\0\0\0\0\1")),
          ends(
              COMPRESSION,
              "an index that no table has",
              c -> c.frame(HEADERS, WHOLE, 1, (byte) 0xfe)),
          ends(COMPRESSION, "an index of zero", c -> c.frame(HEADERS, WHOLE, 1, (byte) 0x80)),
          ends(
              COMPRESSION,
              "a text longer than its block",
              c -> c.frame(HEADERS, WHOLE, 1, (byte) 0, (byte) 0x7e)),
          ends(
              COMPRESSION,
              "a number that never ends",
              c -> c.frame(HEADERS, WHOLE, 1, filled(100))),
          ends(
              COMPRESSION,
              "a table that is too large",
              c -> c.frame(HEADERS, WHOLE, 1, (byte) 0x3f, (byte) 0xe2, (byte) 0x7f)),
          new Http2Fault(
              "HTTP/1.1 where the settings should be",
              c -> c.send(PREFACE + "GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
              "goaway " + PROTOCOL),
          new Http2Fault(
              "a ping where the settings should be",
              c -> c.send(PREFACE).frame(PING, 0, 0, new byte[8]),
              "goaway " + PROTOCOL),
          ends(CALM, "300 streams that are reset at once", Http2Frames::rapidReset),
          ends(CALM, "300 streams that the server has to reset", Http2Frames::madeYouReset),
          ends(
              CALM,
              "100 continuations of nothing",
              HALF_HEADERS.then(((Deed) c -> c.frame(CONTINUATION, 0, 1)).times(100))),
          ends(
              CALM,
              "100 continuations of a byte",
              HALF_HEADERS.then(((Deed) c -> c.frame(CONTINUATION, 0, 1, (byte) 0x82)).times(100))),
          ends(
              PROTOCOL,
              "1,000 continuations of 16 kB",
              HALF_HEADERS.then(
                  ((Deed) c -> c.frame(CONTINUATION, 0, 1, fields("x", "y".repeat(16_000))))
                      .times(1000))),
          ends(
              CALM,
              "100 empty data frames",
              POST.then(((Deed) c -> c.frame(DATA, 0, 1)).times(100))),
          resets(
              PROTOCOL,
              "a stream's window that grows by nothing",
              DELAYED.then(c -> c.frame(WINDOW_UPDATE, 0, 1, number(0)))),
          resets(
              FLOW,
              "a stream's window beyond 2^31",
              DELAYED.then(c -> c.frame(WINDOW_UPDATE, 0, 1, number(0x7fffffff)))),
          resets(
              "STREAM_CLOSED",
              "data after the end",
              DELAYED.then(c -> c.frame(DATA, 0, 1, new byte[1]))),
          resets(
              PROTOCOL,
              "headers after the end",
              DELAYED.then(c -> c.frame(HEADERS, WHOLE, 1, GET))),
          ends(
              PROTOCOL,
              "a stream that depends on itself",
              c -> c.frame(HEADERS, WHOLE | WITH_PRIORITY, 1, priorityAnd(GET))),
          greeted(
              "201 reset REFUSED_STREAM",
              "more than 100 streams at once",
              Http2Frames::manyStreams),
          greeted(
              "ping ack",
              "10,000 pings",
              ((Deed) c -> c.frame(PING, 0, 0, new byte[8])).times(10_000)),
          greeted(
              "settings ack",
              "10,000 settings",
              ((Deed) c -> c.frame(SETTINGS, 0, 0)).times(10_000)),
          greeted(
              "settings",
              "10,000 priorities",
              ((Deed) c -> c.frame(PRIORITY, 0, 1, new byte[5])).times(10_000)),
          greeted(
              "settings",
              "10,000 windows",
              ((Deed) c -> c.frame(WINDOW_UPDATE, 0, 0, number(1))).times(10_000)),
          greeted(
              "settings",
              "10,000 frames of no known type",
              ((Deed) c -> c.frame(99, 0xff, 0, new byte[100])).times(10_000)),
          greeted(
              "settings ack",
              "settings that nobody knows",
              c -> c.frame(SETTINGS, 0, 0, setting(0xf000, 1))),
          answered(
              200,
              "a goaway before a request",
              c -> c.frame(GOAWAY, 0, 0, new byte[8]).get(1, "/")));

  private static void rapidReset(RawHttp2 client) throws IOException {
    for (int stream = 1; stream < 600; stream += 2) {
      client.get(stream, "/?delay=1s").frame(RST_STREAM, 0, stream, number(8));
    }
  }

  private static void madeYouReset(RawHttp2 client) throws IOException {
    for (int stream = 1; stream < 600; stream += 2) {
      client.get(stream, "/?delay=1s").frame(WINDOW_UPDATE, 0, stream, number(0));
    }
  }

  private static void manyStreams(RawHttp2 client) throws IOException {
    for (int stream = 1; stream <= 201; stream += 2) {
      client.get(stream, "/?delay=1s");
    }
    client.until("199 end");
  }

  private static byte[] setting(int id, long value) {
    byte[] setting = Arrays.copyOf(new byte[] {(byte) (id >> 8), (byte) id}, 6);
    System.arraycopy(number(value), 0, setting, 2, 4);
    return setting;
  }

  private static byte[] priorityAnd(byte[] block) {
    byte[] payload = new byte[5 + block.length];
    payload[3] = 1;
    System.arraycopy(block, 0, payload, 5, block.length);
    return payload;
  }

  private static byte[] filled(int length) {
    byte[] filled = new byte[length];
    Arrays.fill(filled, (byte) 0xff);
    return filled;
  }

  private Http2Frames() {}
}
