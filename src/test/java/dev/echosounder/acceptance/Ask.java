package dev.echosounder.acceptance;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * One echo request, and what its answer must be.
 *
 * @param path without a query; no other request has it
 * @param query with its question mark, or empty
 * @param body bytes to send with it
 */
record Ask(String method, String path, String query, int body) {

  /** What goes over the wire. */
  Buffer bytes() {
    String head = "%s %s%s HTTP/1.1\r\nHost: echo\r\n".formatted(method, path, query);
    String length = body > 0 ? "Content-Length: " + body + "\r\n" : "";
    return Buffer.buffer(
        (head + length + "\r\n" + "x".repeat(body)).getBytes(StandardCharsets.US_ASCII));
  }

  /** Whether it is this request, and no other, that was answered. */
  boolean isAnsweredBy(Answered answer) {
    if (!answer.code().equals("200")) {
      return false;
    }
    JsonObject echo = new JsonObject(answer.body());
    return echo.getString("method").equals(method) && echo.getString("path").equals(path);
  }
}
