package dev.echosounder.tracing;

import io.vertx.core.http.HttpServerRequest;

/** Makes the spans of echo requests. Used on one event loop only. */
public interface EchoSpans {

  /** No spans. */
  EchoSpans OFF = (request, path) -> EchoSpan.NONE;

  /**
   * Begins the span of a request.
   *
   * @param path decoded, without the query, which may hold secrets
   * @return {@link EchoSpan#NONE} for most
   */
  EchoSpan begin(HttpServerRequest request, String path);
}
