package dev.echosounder.connection;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpConstants;

/**
 * Checks the line before each chunk of one request's body (RFC 9112 section 7.1): hexadecimal
 * digits, and then its end or an extension. Netty skips whitespace before the digits and stops at
 * any whitespace or control character behind them; extensions it checks itself.
 */
final class ChunkLines {

  private static final int HEX = 16;
  private static final int END_OF_LINE = 2;

  private long untilNextLine;

  /**
   * Whether what comes next may stand in a body.
   *
   * @param in what was read and not decoded
   * @return true too while a line is not read to its end
   */
  boolean accept(ByteBuf in) {
    if (untilNextLine > 0) {
      return true;
    }
    int lineFeed = in.indexOf(in.readerIndex(), in.writerIndex(), HttpConstants.LF);
    if (lineFeed < 0) {
      return true;
    }
    long size = 0;
    int at = in.readerIndex();
    for (int digit; (digit = Character.digit(in.getByte(at), HEX)) >= 0; at++) {
      size = Math.min(size * HEX + digit, Integer.MAX_VALUE);
    }
    if (at == in.readerIndex() || !endsOrIsExtended(in, at, lineFeed)) {
      return false;
    }
    // Behind the last chunk there are trailers, and no more lines of this kind.
    untilNextLine =
        size == 0 ? Long.MAX_VALUE : lineFeed + 1 - in.readerIndex() + size + END_OF_LINE;
    return true;
  }

  private static boolean endsOrIsExtended(ByteBuf in, int digitsEnd, int lineFeed) {
    int at = digitsEnd;
    while (in.getByte(at) == HttpConstants.SP || in.getByte(at) == HttpConstants.HT) {
      at++;
    }
    boolean ends = at == digitsEnd && at == lineFeed - 1 && in.getByte(at) == HttpConstants.CR;
    return ends || in.getByte(at) == HttpConstants.SEMICOLON;
  }

  /** So many bytes were decoded. */
  void consumed(int bytes) {
    untilNextLine -= bytes;
  }
}
