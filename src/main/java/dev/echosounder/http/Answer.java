package dev.echosounder.http;

import dev.echosounder.connection.Connections;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How every answer is sent, whatever its route. */
final class Answer {

  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

  private static final long NO_ERROR = 0;
  private static final long CLOSE_SECONDS = 5;

  private Answer() {}

  /** Answers with JSON. */
  static Future<Void> json(HttpServerRequest request, int status, Buffer json) {
    HttpServerResponse response = request.response().setStatusCode(status);
    response.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
    return body(request, json);
  }

  /** Answers with JSON. */
  static Future<Void> json(HttpServerRequest request, int status, JsonObject json) {
    return json(request, status, json.toBuffer());
  }

  /**
   * Answers with an error, which always has the same shape.
   *
   * @param error what went wrong, as a word for programs
   * @param message what went wrong and what was expected, for people
   */
  static Future<Void> error(HttpServerRequest request, int status, String error, String message) {
    return json(request, status, new JsonObject().put("error", error).put("message", message));
  }

  /**
   * Refuses with an error what may be asked again in a while.
   *
   * @param wait how long that is; {@code Retry-After} (RFC 9110 section 10.2.3) has whole seconds
   */
  static Future<Void> later(
      HttpServerRequest request, int status, String error, String message, Duration wait) {
    long seconds = Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
    request.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    return error(request, status, error, message);
  }

  /**
   * Answers with an error and is done with the client: what it still sends is not read, no later
   * request on an HTTP/1 connection is run, an HTTP/2 stream is ended (RFC 9113 section 8.1).
   */
  static void errorAndClose(HttpServerRequest request, int status, String error, String message) {
    if (request.version() == HttpVersion.HTTP_2) {
      error(request, status, error, message).onComplete(sent -> request.response().reset(NO_ERROR));
      return;
    }
    closing(request);
    Connections.closeInStages(request.connection());
    // From here on Vert.x drops what else arrives; close() alone would let a pipelined request in.
    request.connection().shutdown(CLOSE_SECONDS, TimeUnit.SECONDS);
    error(request, status, error, message).onComplete(sent -> request.connection().close());
  }

  /** Tells an HTTP/1 client that the connection ends with this answer; whoever sends it closes. */
  static void closing(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_2) {
      HttpServerResponse response = request.response();
      // At the end: Vert.x tells an HTTP/1.0 client that asked for it to keep the connection.
      response.headersEndHandler(
          ready -> response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
    }
  }

  /** Sends the body, or for HEAD its length alone (RFC 9110 section 9.3.2). */
  static Future<Void> body(HttpServerRequest request, Buffer body) {
    HttpServerResponse response = request.response();
    if (HttpMethod.HEAD.equals(request.method())) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
      return response.end();
    }
    return response.end(body);
  }
}
