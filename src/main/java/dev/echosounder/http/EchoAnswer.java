package dev.echosounder.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;

/** What the echo answers: who answers, and what was asked. */
final class EchoAnswer {

  private final String beforeMethod;
  private final String afterPath;

  /**
   * @param appName the configured name of the service
   * @param instance which of several instances answers
   */
  EchoAnswer(String appName, String instance) {
    this.beforeMethod = "{\"app_name\":" + Json.encode(appName) + ",\"method\":";
    this.afterPath = ",\"instance\":" + Json.encode(instance) + "}";
  }

  /**
   * Sends the answer, with a body where it may have one.
   *
   * @return done when the last byte is handed to the socket
   */
  Future<Void> send(HttpServerRequest request, String path, int status) {
    if (mayHaveBody(request.method(), status)) {
      return Answer.json(request, status, body(request.method().name(), path));
    }
    HttpServerResponse response = request.response().setStatusCode(status);
    if (status == HttpResponseStatus.RESET_CONTENT.code()) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, "0");
    }
    return response.end();
  }

  /** By RFC 9110 section 6.4.1, and 9.3.6 for CONNECT, where what follows a 2xx is the tunnel. */
  private static boolean mayHaveBody(HttpMethod method, int status) {
    return status != 204
        && status != 205
        && status != 304
        && !(HttpMethod.CONNECT.equals(method) && status < 300);
  }

  private Buffer body(String method, String path) {
    return Buffer.buffer(beforeMethod + quote(method) + ",\"path\":" + quote(path) + afterPath);
  }

  /** Plain text, which nearly every path is, is quoted without an encoder. */
  private static String quote(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return Json.encode(text);
      }
    }
    return '"' + text + '"';
  }
}
