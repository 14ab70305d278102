package dev.echosounder.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Reads the bodies of echo requests, and keeps nothing of them. */
final class RequestBody {

  private RequestBody() {}

  /** Whether the request announces a body (RFC 9112 section 6), or in HTTP/2 has not ended yet. */
  static boolean expected(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      return !request.isEnded();
    }
    return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  /**
   * Reads the body and counts its bytes.
   *
   * @return whether the whole body was read: false as soon as it is known to be larger than
   *     allowed; fails if the connection ends first
   */
  static Future<Boolean> discard(HttpServerRequest request, long maxBytes) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && Long.parseLong(length) > maxBytes) {
      return Future.succeededFuture(false);
    }
    // RFC 9110 section 10.1.1: that of an HTTP/1.0 client is ignored.
    if (request.version() != HttpVersion.HTTP_1_0
        && "100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    Promise<Boolean> read = Promise.promise();
    request.exceptionHandler(read::tryFail);
    request.handler(new Counter(maxBytes, () -> read.tryComplete(false)));
    request.endHandler(end -> read.tryComplete(true));
    return read.future();
  }

  private static final class Counter implements Handler<Buffer> {

    private final long maxBytes;
    private final Runnable onTooMany;
    private long bytes;

    Counter(long maxBytes, Runnable onTooMany) {
      this.maxBytes = maxBytes;
      this.onTooMany = onTooMany;
    }

    @Override
    public void handle(Buffer chunk) {
      bytes += chunk.length();
      if (bytes > maxBytes) {
        onTooMany.run();
      }
    }
  }
}
