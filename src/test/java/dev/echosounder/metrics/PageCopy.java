package dev.echosounder.metrics;

import dev.echosounder.bus.Page;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** A page whose memory has been given back. */
record PageCopy(String contentType, Buffer body) {

  /** Copies a page and releases it. */
  static PageCopy of(Page page) {
    Buffer body = Buffer.buffer();
    for (var piece : page.pieces()) {
      byte[] bytes = new byte[piece.readableBytes()];
      piece.getBytes(piece.readerIndex(), bytes);
      body.appendBytes(bytes);
    }
    page.release();
    return new PageCopy(page.contentType(), body);
  }

  /** The body, where it is packed. */
  String unpacked() throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body.getBytes()))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
