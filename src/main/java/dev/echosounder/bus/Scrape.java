package dev.echosounder.bus;

import io.vertx.core.buffer.Buffer;

/**
 * Asks for the metrics page, or says in which form another one is wanted.
 *
 * @param openMetrics whether OpenMetrics 1.0 is wanted instead of Prometheus text 0.0.4
 * @param gzip whether the page is wanted compressed
 */
public record Scrape(boolean openMetrics, boolean gzip) {

  /**
   * The metrics page, encoded as asked.
   *
   * @param contentType the value of {@code Content-Type}
   * @param body the page; never changed, since others who asked may hold the same one
   */
  public record Page(String contentType, Buffer body) {}
}
