package dev.echosounder.http;

import dev.echosounder.connection.MalformedBodyException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;

/** Reads the bodies of requests, and keeps nothing of them. */
final class RequestBody {

  private final Vertx vertx;
  private final long maxBytes;
  private final Duration longest;

  /**
   * @param maxBytes the largest body
   * @param longest how long the client of a request may take to send all of its body
   */
  RequestBody(Vertx vertx, long maxBytes, Duration longest) {
    this.vertx = vertx;
    this.maxBytes = maxBytes;
    this.longest = longest;
  }

  /** Whether the request announces a body (RFC 9112 section 6), or in HTTP/2 has not ended yet. */
  static boolean expected(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      return !request.isEnded();
    }
    return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  /**
   * Reads the body. One that is too large, too slow or malformed is answered with an error as soon
   * as that is known.
   *
   * @return done when the whole body was read; fails if it was not, the request being answered or
   *     its connection at an end
   */
  Future<Void> discard(HttpServerRequest request) {
    Promise<Void> read = Promise.promise();
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && Long.parseLong(length) > maxBytes) {
      tooLarge(request, read);
      return read.future();
    }
    // RFC 9110 section 10.1.1: that of an HTTP/1.0 client is ignored.
    if (request.version() != HttpVersion.HTTP_1_0
        && "100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    long timer = vertx.setTimer(Math.max(1, longest.toMillis()), id -> tooSlow(request, read));
    Count count = new Count();
    request.exceptionHandler(failure -> failed(request, read, failure));
    request.handler(
        chunk -> {
          if (count.add(chunk.length()) > maxBytes) {
            tooLarge(request, read);
          }
        });
    request.endHandler(end -> read.tryComplete());
    return read.future().eventually(() -> stop(timer));
  }

  private Future<Void> stop(long timer) {
    vertx.cancelTimer(timer);
    return Future.succeededFuture();
  }

  private void tooLarge(HttpServerRequest request, Promise<Void> read) {
    if (read.tryFail("too large")) {
      String message = "the body is larger than " + maxBytes + " bytes";
      Answer.errorAndClose(request, 413, "content_too_large", message);
    }
  }

  private void tooSlow(HttpServerRequest request, Promise<Void> read) {
    if (read.tryFail("too slow")) {
      String message = "the body took longer than " + longest.toMillis() + " ms";
      Answer.errorAndClose(request, 408, "request_timeout", message);
    }
  }

  private static void failed(HttpServerRequest request, Promise<Void> read, Throwable failure) {
    if (read.tryFail(failure) && failure instanceof MalformedBodyException) {
      Answer.errorAndClose(request, 400, "bad_request", "malformed body");
    }
  }

  private static final class Count {

    private long bytes;

    long add(int more) {
      bytes += more;
      return bytes;
    }
  }
}
