package dev.echosounder.hostile;

import static dev.echosounder.bus.Reason.BODY_LIMIT;
import static dev.echosounder.bus.Reason.OK;
import static dev.echosounder.bus.Reason.PROTOCOL;
import static dev.echosounder.bus.Reason.REDIRECT;
import static dev.echosounder.bus.Reason.RESET;
import static dev.echosounder.bus.Reason.STATUS;
import static dev.echosounder.bus.Reason.TIMEOUT;

import dev.echosounder.bus.Reason;
import dev.echosounder.testing.DnsServer;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Type;

/** Answers, each with bytes of its own that should not be there, and what becomes of them. */
final class HostileAnswers {

  private final RawTargets targets;
  private final DnsServer dns;
  private final List<Fault> faults = new ArrayList<>();

  private HostileAnswers(RawTargets targets, DnsServer dns) {
    this.targets = targets;
    this.dns = dns;
  }

  static List<Fault> of(RawTargets targets, DnsServer dns) {
    HostileAnswers answers = new HostileAnswers(targets, dns);
    answers.statusLines();
    answers.headers();
    answers.framing();
    answers.chunks();
    answers.codings();
    answers.messages();
    answers.frames();
    return answers.faults;
  }

  private void http(String kind, String bytes, String keys, Reason reason) {
    String url = "http://127.0.0.1:" + targets.http(RawTargets.end(bytes)) + "/";
    String name = bytes.length() > 60 ? bytes.substring(0, 60) + "..." : bytes;
    faults.add(new Fault(kind, name.replace("\r", "\\r").replace("\n", "\\n"), url, keys, reason));
  }

  private void statusLines() {
    Object[][] lines = {
      {"HTTP/1.1 200 OK", OK},
      {"HTTP/1.0 200 OK", OK},
      {"HTTP/1.1 200", OK},
      {"HTTP/1.1 200 ", OK},
      {"HTTP/1.1 204 ", OK},
      {"HTTP/1.1 299 \u00ff\u00fe", OK},
      {"HTTP/1.1 099 Low", STATUS},
      {"HTTP/1.1 000 Zero", STATUS},
      {"HTTP/1.1 600 High", STATUS},
      {"HTTP/1.1 999 High", STATUS},
      {"HTTP/1.1 2000 Long", STATUS},
      {"HTTP/1.1 20 Short", STATUS},
      {"HTTP/1.1 2x0 OK", PROTOCOL},
      {"HTTP/1.1 -200 OK", PROTOCOL},
      {"HTTP/1.1 +200 OK", OK},
      {"HTTP/1.1 0xC8 OK", PROTOCOL},
      {"HTTP/1.1 99999999999999999999 OK", PROTOCOL},
      {"HTTP/1.1\t200\tOK", OK},
      {"HTTP/1.1  200 OK", OK},
      {" HTTP/1.1 200 OK", OK},
      {"http/1.1 200 OK", OK},
      {"HTTP/2.0 200 OK", PROTOCOL},
      {"HTTP/2 200 OK", PROTOCOL},
      {"HTTP/9.9 200 OK", PROTOCOL},
      {"HTTP/1 200 OK", PROTOCOL},
      {"HTTP/1.10 200 OK", PROTOCOL},
      {"HTTP/11.1 200 OK", PROTOCOL},
      {"HTTP/ 200 OK", PROTOCOL},
      {"HTTP 200 OK", PROTOCOL},
      {"HTTPS/1.1 200 OK", PROTOCOL},
      {"ICY 200 OK", PROTOCOL},
      {"RTSP/1.0 200 OK", PROTOCOL},
      {"200 OK", PROTOCOL},
      {"OK", PROTOCOL},
      {"GET / HTTP/1.1", PROTOCOL},
      {"HTTP/1.1 200 O\0K", OK},
      {"HTTP/1.1 200 O\rK", PROTOCOL},
      {"\0HTTP/1.1 200 OK", PROTOCOL},
      {"<html>", PROTOCOL},
      {"\u00ef\u00bb\u00bfHTTP/1.1 200 OK", PROTOCOL},
      {"HTTP/1.1 101 Switching", STATUS},
      {"HTTP/1.1 300 Choices", STATUS},
      {"HTTP/1.1 304 Not Modified", STATUS},
      {"HTTP/1.1 302 Found", REDIRECT},
      {"HTTP/1.1 200 " + "a".repeat(9000), PROTOCOL},
    };
    for (Object[] line : lines) {
      http("status line", line[0] + "\r\nContent-Length: 0\r\n\r\n", "", (Reason) line[1]);
    }
  }

  private void headers() {
    Object[][] lines = {
      {"X-A: b", OK},
      {"X-A:b", OK},
      {"X-A:", OK},
      {"X-A: \u00ff", OK},
      {"X-A: b\r\n X-C: d", OK},
      {"X A: b", OK},
      {" X-A: b", PROTOCOL},
      {"X-A : b", OK},
      {": b", PROTOCOL},
      {"X-A", PROTOCOL},
      {"X-\0A: b", PROTOCOL},
      {"X-A: \0", PROTOCOL},
      {"X-A: a\rb", PROTOCOL},
      {"X-\u00e4: b", PROTOCOL},
      {"X-A: \u001b[31m", PROTOCOL},
      {"X-A: \u007f", PROTOCOL},
      {"X(A): b", PROTOCOL},
      {"X@A: b", PROTOCOL},
      {"X-A: " + "b".repeat(70_000), PROTOCOL},
      {"X-A: b\r\n".repeat(20_000) + "X-A: b", PROTOCOL},
      {"Set-Cookie: " + "a=b; ".repeat(5000), OK},
      {"Location: javascript:alert(1)", OK},
      {"Connection: Upgrade\r\nUpgrade: h2c", OK},
      {"Content-Type: \0", PROTOCOL},
      {"Date: never", OK},
      {"Last-Modified: 99999999999999", OK},
      {"Content-Encoding: ../../etc/passwd", OK},
    };
    for (Object[] line : lines) {
      http(
          "header",
          "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + line[0] + "\r\n\r\n",
          "",
          (Reason) line[1]);
    }
  }

  private void framing() {
    Object[][] lines = {
      {"Content-Length: 3\r\n\r\nabc", OK},
      {"Content-Length: 3\r\n\r\nabcdef", OK},
      {"Content-Length: 4\r\n\r\nabc", RESET},
      {"Content-Length: -1\r\n\r\nabc", PROTOCOL},
      {"Content-Length: +3\r\n\r\nabc", PROTOCOL},
      {"Content-Length: 0x3\r\n\r\nabc", PROTOCOL},
      {"Content-Length: 3.0\r\n\r\nabc", PROTOCOL},
      {"Content-Length: 3 3\r\n\r\nabc", PROTOCOL},
      {"Content-Length: 3, 3\r\n\r\nabc", PROTOCOL},
      {"Content-Length: 3, 4\r\n\r\nabc", PROTOCOL},
      {"Content-Length: \r\n\r\nabc", PROTOCOL},
      {"Content-Length: abc\r\n\r\nabc", PROTOCOL},
      {"Content-Length: 99999999999999999999\r\n\r\nabc", PROTOCOL},
      {"Content-Length: 9223372036854775807\r\n\r\nabc", RESET},
      {"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc", PROTOCOL},
      {"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", PROTOCOL},
      {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", PROTOCOL},
      {"Transfer-Encoding: identity\r\n\r\nabc", OK},
      {"Transfer-Encoding: xchunked\r\n\r\nabc", OK},
      {"Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", PROTOCOL},
      {"Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n", PROTOCOL},
      {"Transfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\n", OK},
      {"Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n", PROTOCOL},
    };
    for (Object[] line : lines) {
      http("framing", "HTTP/1.1 200 OK\r\n" + line[0], "", (Reason) line[1]);
    }
  }

  private void chunks() {
    Object[][] bodies = {
      {"0\r\n\r\n", OK},
      {"3\r\nabc\r\n0\r\n\r\n", OK},
      {"0003\r\nabc\r\n0\r\n\r\n", OK},
      {"3;x=y\r\nabc\r\n0\r\n\r\n", OK},
      {"3 \r\nabc\r\n0\r\n\r\n", PROTOCOL},
      {"3\nabc\n0\n\n", PROTOCOL},
      {"3\r\nabcd\r\n0\r\n\r\n", PROTOCOL},
      {"3\r\nab\r\n0\r\n\r\n", PROTOCOL},
      {"-1\r\nabc\r\n0\r\n\r\n", PROTOCOL},
      {"+3\r\nabc\r\n0\r\n\r\n", PROTOCOL},
      {"0x3\r\nabc\r\n0\r\n\r\n", PROTOCOL},
      {"g\r\nabc\r\n0\r\n\r\n", PROTOCOL},
      {"\r\nabc\r\n0\r\n\r\n", PROTOCOL},
      {"ffffffff\r\nabc", PROTOCOL},
      {"7fffffff\r\nabc", RESET},
      {"80000000\r\nabc", PROTOCOL},
      {"fffffffffffffffff\r\nabc", PROTOCOL},
      {"3_0\r\nabc", PROTOCOL},
      {"3\0\r\nabc\r\n0\r\n\r\n", PROTOCOL},
      {"\u00b3\r\nabc\r\n0\r\n\r\n", PROTOCOL},
      {"0\r\nX-A: b\r\n\r\n", OK},
      {"0\r\nX-A\r\n\r\n", PROTOCOL},
      {"0\r\nContent-Length: 5\r\n\r\n", OK},
      {"0\r\n", RESET},
      {"0", RESET},
    };
    for (Object[] body : bodies) {
      http(
          "chunk",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body[0],
          "",
          (Reason) body[1]);
    }
  }

  private void coding(String module, String name, byte[] body, Reason reason) {
    byte[] head = Bytes.latin1("HTTP/1.1 200 OK\r\nContent-Encoding: " + module + "\r\n\r\n");
    String url = "http://127.0.0.1:" + targets.http(RawTargets.end(Bytes.join(head, body))) + "/";
    faults.add(new Fault("coding", module + ": " + name, url, "module: " + module, reason));
  }

  private void codings() {
    byte[] good = Bytes.gzip(Bytes.latin1("hello, hello, hello"));
    coding("gz", "nothing", new byte[0], PROTOCOL);
    coding("gz", "text", Bytes.latin1("hello"), PROTOCOL);
    coding("gz", "good", good, OK);
    for (int cut = 1; cut < good.length; cut += 3) {
      coding("gz", "cut after " + cut, java.util.Arrays.copyOf(good, cut), PROTOCOL);
    }
    coding("gz", "wrong checksum", changed(good, good.length - 8), PROTOCOL);
    coding("gz", "wrong length", changed(good, good.length - 1), PROTOCOL);
    coding("gz", "wrong method", changed(good, 2), PROTOCOL);
    coding("gz", "reserved block type", changed(good, 10), PROTOCOL);
    coding("gz", "twice", Bytes.join(good, good), OK);
    coding("deflate", "nothing", new byte[0], PROTOCOL);
    coding("deflate", "text", Bytes.latin1("hello"), PROTOCOL);
    coding("deflate", "a dictionary is asked for", Bytes.hex("78bb00000001"), PROTOCOL);
    coding("deflate", "cut", java.util.Arrays.copyOf(Bytes.deflate(new byte[999]), 6), PROTOCOL);
    coding("br", "nothing", new byte[0], PROTOCOL);
    coding("br", "text", Bytes.latin1("hello, hello"), PROTOCOL);
    coding("br", "cut", Bytes.hex("0b0280"), PROTOCOL);
    coding("br", "a window of 1 GiB", Bytes.hex("111e0000"), PROTOCOL);
  }

  private static byte[] changed(byte[] bytes, int at) {
    byte[] other = bytes.clone();
    other[at] ^= 0x06;
    return other;
  }

  private void message(String name, String tail, Reason reason) {
    message(name, 0, 0, tail, reason);
  }

  private void message(String name, int at, int by, String tail, Reason reason) {
    String host = "m" + faults.size() + ".test";
    dns.on(
        host,
        Type.A,
        query -> {
          Buffer whole = Buffer.buffer(query.answer().toWire()).appendBytes(Bytes.hex(tail));
          if (!tail.isEmpty()) {
            whole.setUnsignedShort(6, 1);
          }
          query.reply().send(whole.setByte(at, (byte) (whole.getByte(at) ^ by)));
        });
    faults.add(
        new Fault(
            "dns message",
            name,
            "127.0.0.1:" + dns.port(),
            "module: dns_udp, dns: {query_name: %s, query_type: A}".formatted(host),
            reason));
  }

  private void messages() {
    message("no records", "", OK);
    message("another id", 0, 1, "", TIMEOUT);
    message("a question, not an answer", 2, 0x80, "", TIMEOUT);
    message("another question", 13, 1, "", TIMEOUT);
    message("another opcode", 2, 0x10, "", OK);
    message("truncated", 2, 0x02, "", OK);
    for (int rcode = 1; rcode < 16; rcode++) {
      message("response code " + rcode, 3, rcode, "", STATUS);
    }
    message("more records than there are", 6, 0x10, "", PROTOCOL);
    message("more questions than there are", 4, 0x10, "", PROTOCOL);
    message("a name that points at itself", "c020" + "00010001000000000004" + "7f000001", PROTOCOL);
    message("a name that points beyond", "ffff" + "00010001000000000004" + "7f000001", PROTOCOL);
    message("a name with a reserved label", "80" + "00010001000000000004" + "7f000001", PROTOCOL);
    message("a record without its data", "c00c" + "00010001000000000004", PROTOCOL);
    message("a record shorter than its type", "c00c" + "00010001000000000003" + "7f0000", PROTOCOL);
    message(
        "a record longer than its type", "c00c" + "00010001000000000005" + "7f00000101", PROTOCOL);
    message("a record of no known type", "c00c" + "ff120001000000000002" + "abcd", OK);
    message("a time to live below zero", "c00c" + "00010001ffffffff0004" + "7f000001", OK);
    message("nothing but a header", 5, 1, "", OK);
  }

  private void frames(String name, Reason reason, byte[]... frames) {
    byte[] settings = Bytes.frame(4, 0, 0, new byte[0]);
    int port = targets.http2(RawTargets.hold(Bytes.join(settings, Bytes.join(frames))));
    faults.add(new Fault("grpc frames", name, "127.0.0.1:" + port, "module: grpc", reason));
  }

  private void frames() {
    byte[] status = {(byte) 0x88};
    byte[] type = Bytes.field("content-type", "application/grpc");
    byte[] head = Bytes.frame(1, 4, 3, Bytes.join(status, type));
    byte[] good = Bytes.frame(1, 5, 3, Bytes.field("grpc-status", "0"));
    byte[] serving = Bytes.frame(0, 0, 3, Bytes.hex("00000000020801"));
    frames("good", OK, head, serving, good);
    frames("no message", PROTOCOL, head, good);
    frames("no content type", PROTOCOL, Bytes.frame(1, 4, 3, status));
    frames(
        "another content type",
        PROTOCOL,
        Bytes.frame(1, 4, 3, Bytes.join(status, Bytes.field("content-type", "text/html"))));
    frames(
        "another HTTP status",
        PROTOCOL,
        Bytes.frame(1, 4, 3, Bytes.join(new byte[] {(byte) 0x8d}, type)));
    frames("no HTTP status", PROTOCOL, Bytes.frame(1, 4, 3, type));
    frames(
        "no gRPC status", PROTOCOL, head, serving, Bytes.frame(1, 5, 3, Bytes.field("x-a", "b")));
    frames(
        "gRPC status that is no number",
        PROTOCOL,
        head,
        serving,
        Bytes.frame(1, 5, 3, Bytes.field("grpc-status", "zero")));
    frames(
        "gRPC status below zero",
        PROTOCOL,
        head,
        serving,
        Bytes.frame(1, 5, 3, Bytes.field("grpc-status", "-1")));
    frames(
        "gRPC status of 12 digits",
        PROTOCOL,
        head,
        serving,
        Bytes.frame(1, 5, 3, Bytes.field("grpc-status", "1".repeat(12))));
    for (int code : new int[] {1, 2, 4, 5, 7, 8, 12, 13, 14, 16, 99}) {
      frames(
          "gRPC status " + code,
          STATUS,
          head,
          Bytes.frame(1, 5, 3, Bytes.field("grpc-status", "" + code)));
    }
    frames("not serving", STATUS, head, Bytes.frame(0, 0, 3, Bytes.hex("00000000020802")), good);
    frames(
        "health of no known number",
        STATUS,
        head,
        Bytes.frame(0, 0, 3, Bytes.hex("000000000208 63")),
        good);
    frames(
        "a message longer than it is",
        PROTOCOL,
        head,
        Bytes.frame(0, 0, 3, Bytes.hex("00000000ff0801")),
        good);
    frames(
        "a message of 4 GiB",
        PROTOCOL,
        head,
        Bytes.frame(0, 0, 3, Bytes.hex("00ffffffff0801")),
        good);
    frames(
        "a compressed message",
        PROTOCOL,
        head,
        Bytes.frame(0, 0, 3, Bytes.hex("01000000020801")),
        good);
    frames("two messages", PROTOCOL, head, serving, serving, good);
    frames(
        "a field without an end",
        PROTOCOL,
        head,
        Bytes.frame(0, 0, 3, Bytes.hex("000000000208ff")),
        good);
    frames(
        "a varint of 11 bytes",
        PROTOCOL,
        head,
        Bytes.frame(0, 0, 3, Bytes.hex("000000000c08ffffffffffffffffffff01")),
        good);
    frames(
        "the end with the data", PROTOCOL, head, Bytes.frame(0, 1, 3, Bytes.hex("00000000020801")));
    frames("data first", PROTOCOL, serving);
    frames("a frame longer than allowed", PROTOCOL, Bytes.frame(0xffffff, 0, 0, 3, new byte[0]));
    frames(
        "a header block that is no HPACK",
        PROTOCOL,
        Bytes.frame(1, 4, 3, Bytes.hex("ffffffffffffffffff")));
    frames("an index out of the table", PROTOCOL, Bytes.frame(1, 4, 3, Bytes.hex("fe")));
    frames(
        "a name in upper case",
        PROTOCOL,
        Bytes.frame(1, 4, 3, Bytes.join(status, Bytes.field("X-A", "b"))));
    frames("a table of 4 GiB", PROTOCOL, Bytes.frame(1, 4, 3, Bytes.hex("3fffffffff0f88")));
    frames("data for stream 0", PROTOCOL, Bytes.frame(0, 0, 0, new byte[1]));
    frames("data for a stream never opened", PROTOCOL, Bytes.frame(0, 0, 99, new byte[1]));
    frames("a push", PROTOCOL, Bytes.frame(5, 4, 3, Bytes.hex("0000000288")));
    frames("settings of 5 bytes", PROTOCOL, Bytes.frame(4, 0, 0, new byte[5]));
    frames("settings for a stream", PROTOCOL, Bytes.frame(4, 0, 3, new byte[0]));
    frames("a ping of 7 bytes", PROTOCOL, Bytes.frame(6, 0, 0, new byte[7]));
    frames("a window update of 0", PROTOCOL, Bytes.frame(8, 0, 0, new byte[4]));
    frames("a window beyond 2 GiB", PROTOCOL, Bytes.frame(8, 0, 0, Bytes.hex("7fffffff")));
    frames("padding longer than the frame", PROTOCOL, Bytes.frame(0, 8, 3, Bytes.hex("ff00")));
    frames(
        "a frame of no known type, then good",
        OK,
        Bytes.frame(0x77, 0, 0, new byte[9]),
        head,
        serving,
        good);
    frames("more than 4 KiB", BODY_LIMIT, head, Bytes.frame(0, 0, 3, new byte[8000]), good);
    frames("GOAWAY with an error", RESET, Bytes.frame(7, 0, 0, Bytes.hex("000000000000000b")));
    frames("stream reset: enhance your calm", RESET, Bytes.frame(3, 0, 3, Bytes.hex("0000000b")));
  }
}
