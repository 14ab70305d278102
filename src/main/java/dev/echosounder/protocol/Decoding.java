package dev.echosounder.protocol;

import dev.echosounder.bus.Reason;
import dev.echosounder.dial.ProbeFailure;
import dev.echosounder.settings.HttpOptions.Coding;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;

/**
 * Decodes bodies (RFC 9110 section 8.4.1), a piece at a time, so that a bomb costs no more than its
 * limit. Not for an event loop.
 */
final class Decoding {

  private static final int PIECE = 16 * 1024;
  private static final int ZLIB_HEADER = 2;

  private Decoding() {}

  /**
   * Decodes until the end, a limit of the target, or a deadline.
   *
   * @param to fails with {@link Reason#PROTOCOL} if the body is not in the coding or not whole
   * @param over whether nobody waits for the outcome any more
   */
  static void decode(byte[] body, Coding coding, BodyBuffer to, BooleanSupplier over) {
    try {
      switch (coding) {
        case GZIP -> copy(new GZIPInputStream(new ByteArrayInputStream(body)), to, over);
        case DEFLATE -> inflate(body, to, over);
        case BR -> copy(new BrotliInputStream(new ByteArrayInputStream(body)), to, over);
      }
    } catch (IOException e) {
      String label = coding.label();
      to.fail(new ProbeFailure(Reason.PROTOCOL, "the body is no " + label + ": " + e.getMessage()));
    }
  }

  private static void copy(InputStream from, BodyBuffer to, BooleanSupplier over)
      throws IOException {
    byte[] piece = new byte[PIECE];
    int length = from.read(piece);
    while (length >= 0 && to.add(piece, length)) {
      if (over.getAsBoolean()) {
        to.fail(new ProbeFailure(Reason.TIMEOUT));
        return;
      }
      length = from.read(piece);
    }
  }

  // The RFC says zlib; some servers send what is in it alone.
  private static void inflate(byte[] body, BodyBuffer to, BooleanSupplier over) throws IOException {
    Inflater inflater = new Inflater(!isZlib(body));
    try {
      copy(new InflaterInputStream(new ByteArrayInputStream(body), inflater), to, over);
      if (to.failure().isEmpty() && !inflater.finished()) {
        throw new EOFException("it needs a dictionary");
      }
    } finally {
      inflater.end();
    }
  }

  // RFC 1950 section 2.2
  private static boolean isZlib(byte[] body) {
    return body.length >= ZLIB_HEADER
        && (body[0] & 0x0f) == 8
        && (((body[0] & 0xff) << 8) | (body[1] & 0xff)) % 31 == 0;
  }
}
