package dev.echosounder.connection;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpVersion;
import java.util.regex.Pattern;

/**
 * The lines of one request's head after another's: how the words of a request line stand (RFC 9112
 * section 3), and whether a field goes on in a further line (section 5.2).
 */
final class HeadLines {

  private static final Pattern VERSION = Pattern.compile("HTTP/\\d\\.\\d");

  private int wordEnd;
  private boolean inFields;

  /**
   * Whether a line of the head that is being read begins with whitespace.
   *
   * @param in what was read and not decoded, from the beginning of a line on
   */
  boolean hasFoldedField(ByteBuf in) {
    int end = in.writerIndex();
    int line = inFields ? in.readerIndex() : firstLine(in);
    while (line < end) {
      byte first = in.getByte(line);
      if (first == HttpConstants.SP || first == HttpConstants.HT) {
        return true;
      }
      if (first == HttpConstants.CR || first == HttpConstants.LF) {
        return false;
      }
      int lineFeed = in.indexOf(line, end, HttpConstants.LF);
      line = lineFeed < 0 ? end : lineFeed + 1;
    }
    return false;
  }

  /** By RFC 9112 section 2.2 empty lines before a request line are ignored. */
  private static int firstLine(ByteBuf in) {
    int line = in.readerIndex();
    while (line < in.writerIndex()
        && (in.getByte(line) == HttpConstants.CR || in.getByte(line) == HttpConstants.LF)) {
      line++;
    }
    return line;
  }

  /** Takes the method of a request line. */
  void firstWord(int start, int length) {
    if (start > 0) {
      throw new IllegalArgumentException("whitespace before the method");
    }
    wordEnd = length;
    inFields = true;
  }

  /** Takes a further word of the request line. */
  void nextWord(byte[] line, int start, int length) {
    if (start != wordEnd + 1 || line[wordEnd] != HttpConstants.SP) {
      throw new IllegalArgumentException("not one space between the words of a request line");
    }
    wordEnd = start + length;
  }

  /** The head is read to its end. */
  void ended() {
    inFields = false;
  }

  /** Refuses every version but 1.0 and 1.1. */
  static void checkVersion(String version) {
    if (version.equals(HttpVersion.HTTP_1_1.text())
        || version.equals(HttpVersion.HTTP_1_0.text())) {
      return;
    }
    if (VERSION.matcher(version).matches()) {
      throw new UnsupportedVersionException(version);
    }
    throw new IllegalArgumentException("not a version of HTTP");
  }
}
