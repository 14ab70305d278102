package dev.echosounder.metrics;

import dev.echosounder.bus.Page;
import dev.echosounder.bus.Scrape;
import java.io.IOException;
import java.io.OutputStream;

/** How a page becomes what is sent: its media type, and its bytes, packed where that is asked. */
final class PageBody {

  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

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
  static Page of(Scrape form, Content content) throws IOException {
    Pieces pieces = new Pieces();
    boolean written = false;
    try {
      write(form, content, pieces);
      written = true;
    } finally {
      if (!written) {
        pieces.release();
      }
    }
    return pieces.page(contentType(form));
  }

  private static void write(Scrape form, Content content, Pieces pieces) throws IOException {
    OutputStream encoded = form.gzip() ? new Gzip(pieces, Pieces.SIZE) : pieces;
    try (OutputStream out = new Gathering(encoded, Pieces.SIZE)) {
      content.writeTo(out);
    }
  }
}
