package dev.echosounder.hostile;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a hostile client sends, and what has to come of it.
 *
 * @param name what is wrong with it
 * @param bytes as text of ISO 8859-1
 * @param outcome what is expected
 */
record Hostile(String name, String bytes, Outcome outcome) {

  /** What comes of it. */
  sealed interface Outcome {}

  /** This error answer alone, and the connection closed: what follows never runs. */
  record Refused(int status) implements Outcome {}

  /** It is one request, which is echoed with this path; what follows is the next one. */
  record Echoed(String path) implements Outcome {}

  /** The request is fine but what it asks for is not: 400, and what follows is the next request. */
  record Faulted() implements Outcome {}

  /** The connection is closed without an answer, within the timeouts. */
  record Cut() implements Outcome {}

  static final String HOST = "Host: a\r\n";
  static final String POST = "POST / HTTP/1.1\r\n" + HOST;
  static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";

  static Hostile refused(String name, String bytes) {
    return refused(400, name, bytes);
  }

  static Hostile refused(int status, String name, String bytes) {
    return new Hostile(name, bytes, new Refused(status));
  }

  static Hostile echoed(String name, String bytes, String path) {
    return new Hostile(name, bytes, new Echoed(path));
  }

  static Hostile faulted(String name, String bytes) {
    return new Hostile(name, bytes, new Faulted());
  }

  static Hostile cut(String name, String bytes) {
    return new Hostile(name, bytes, new Cut());
  }

  /** A request with that line, and with nothing else wrong. */
  static String line(String line) {
    return line + "\r\n" + HOST + "\r\n";
  }

  /** A request with these lines for fields beside its host. */
  static String fields(String fields) {
    return "GET / HTTP/1.1\r\n" + HOST + fields + "\r\n\r\n";
  }

  /** A request with these lines for fields, and then these bytes. */
  static String body(String fields, String body) {
    return POST + fields + "\r\n\r\n" + body;
  }

  static List<Hostile> all() {
    return Stream.of(
            RequestLines.TABLE,
            Fields.TABLE,
            Hosts.TABLE,
            Framing.TABLE,
            Chunks.TABLE,
            Paths.TABLE,
            OtherProtocols.TABLE,
            Unfinished.TABLE)
        .flatMap(List::stream)
        .toList();
  }

  /** The outcome as a cell of a table. */
  String expected() {
    if (outcome instanceof Refused refused) {
      return refused.status() + " and closed";
    }
    if (outcome instanceof Echoed echoed) {
      return "echoed as " + echoed.path();
    }
    return outcome instanceof Faulted ? "400 and not closed" : "cut";
  }

  /** The bytes as a cell of a table. */
  String shown() {
    StringBuilder shown = new StringBuilder();
    bytes
        .chars()
        .limit(80)
        .forEach(
            c -> {
              switch (c) {
                case '\r' -> shown.append("\\r");
                case '\n' -> shown.append("\\n");
                case '\t' -> shown.append("\\t");
                case '|' -> shown.append("\\x7c");
                default -> shown.append(c < ' ' || c > '~' ? "\\x%02x".formatted(c) : (char) c);
              }
            });
    return shown + (bytes.length() > 80 ? "... (" + bytes.length() + " bytes)" : "");
  }
}
