package dev.echosounder.hostile;

import static dev.echosounder.hostile.Hostile.echoed;
import static dev.echosounder.hostile.Hostile.fields;
import static dev.echosounder.hostile.Hostile.refused;

import java.util.List;

/** What is sent to the wrong port. HTTP/2 without TLS is off. */
final class OtherProtocols {

  static final List<Hostile> TABLE =
      List.of(
          refused(505, "the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
          refused(
              505,
              "the preface and a SETTINGS frame",
              "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"),
          echoed(
              "an upgrade to HTTP/2, which is ignored",
              fields(
                  "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__"),
              "/"),
          echoed(
              "an upgrade to WebSocket, which is ignored",
              fields(
                  "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="),
              "/"),
          refused(
              "a hello of TLS",
              "\u0016\u0003\u0001\u0000\u0005\u0001\u0000\u0000\u0001\u0000\r\n\r\n"),
          refused("an old hello of TLS", "\u0080.\u0001\u0003\u0001\r\n\r\n"),
          refused(
              "the PROXY protocol",
              "PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
          refused("the PROXY protocol in binary", "\r\n\r\n\0\r\nQUIT\n!\u0011\0\u000c\r\n\r\n"),
          refused("SMTP", "EHLO a\r\n"),
          refused("SSH", "SSH-2.0-OpenSSH_9.2\r\n"),
          refused("Redis", "*1\r\n$4\r\nPING\r\n"),
          refused("Memcached", "stats\r\n"),
          refused("RTSP", "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n"),
          refused("SIP", "OPTIONS sip:a@b SIP/2.0\r\n\r\n"),
          refused("an answer", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
          refused("NULs", "\0".repeat(100) + "\r\n\r\n"),
          refused("bytes of 0xff", "\u00ff".repeat(100) + "\r\n\r\n"),
          refused("a JSON text", "{\"a\": 1}\r\n"),
          refused("a Java object", "\u00ac\u00ed\0\5sr\0\1x\r\n"));

  private OtherProtocols() {}
}
