package dev.echosounder.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Bytes in the forms that tables of answers are written in. */
final class Bytes {

  private Bytes() {}

  /** From hexadecimal, spaces ignored. */
  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  /** One for each character. */
  static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }

  static byte[] gzip(byte[] bytes) {
    return coded(bytes, true);
  }

  static byte[] deflate(byte[] bytes) {
    return coded(bytes, false);
  }

  private static byte[] coded(byte[] bytes, boolean gzip) {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (OutputStream out = gzip ? new GZIPOutputStream(coded) : new DeflaterOutputStream(coded)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return coded.toByteArray();
  }

  /** A frame of HTTP/2 (RFC 9113 section 4.1). */
  static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return frame(payload.length, type, flags, stream, payload);
  }

  /** A frame whose length says something else than its payload. */
  static byte[] frame(int length, int type, int flags, int stream, byte[] payload) {
    byte[] head = {
      (byte) (length >> 16),
      (byte) (length >> 8),
      (byte) length,
      (byte) type,
      (byte) flags,
      (byte) (stream >> 24),
      (byte) (stream >> 16),
      (byte) (stream >> 8),
      (byte) stream
    };
    return join(head, payload);
  }

  /** A header field of HPACK, without indexing (RFC 7541 section 6.2.2). */
  static byte[] field(String name, String value) {
    return join(
        new byte[] {0, (byte) name.length()},
        latin1(name),
        new byte[] {(byte) value.length()},
        latin1(value));
  }
}
