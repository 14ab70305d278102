package dev.echosounder.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;

/** The body of an echo answer: who answered, and what was asked. */
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

  /** The JSON of one answer. */
  Buffer body(String method, String path) {
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
