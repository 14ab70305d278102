package dev.echosounder.metrics;

import dev.echosounder.bus.Scrape;
import io.vertx.core.buffer.Buffer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** How a page becomes what is sent: its media type, and its bytes, packed where that is asked. */
final class PageBody {

  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  /** Lines are written in pieces of a few bytes, too small for the deflater and for the buffer. */
  private static final int CHUNK = 1 << 16;

  private PageBody() {}

  /** What writes a page. */
  interface Content {

    /** Writes all of it, and leaves the stream open. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** The value of {@code Content-Type} for this form. */
  static String contentType(Scrape form) {
    return form.openMetrics() ? OPEN_METRICS : PROMETHEUS_TEXT;
  }

  /**
   * The page in this form.
   *
   * @throws IOException never in practice: all is written to memory
   */
  static Scrape.Page of(Scrape form, Content content) throws IOException {
    Buffer body = Buffer.buffer();
    try (OutputStream out = new BufferedOutputStream(encoding(form, body), CHUNK)) {
      content.writeTo(out);
    }
    return new Scrape.Page(contentType(form), body);
  }

  private static OutputStream encoding(Scrape form, Buffer body) throws IOException {
    OutputStream plain = new BufferOutput(body);
    return form.gzip() ? new Gzip(plain, CHUNK) : plain;
  }

  private static final class BufferOutput extends OutputStream {

    private final Buffer buffer;

    BufferOutput(Buffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public void write(int b) {
      buffer.appendByte((byte) b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      buffer.appendBytes(bytes, offset, length);
    }
  }
}
