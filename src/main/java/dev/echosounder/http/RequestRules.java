package dev.echosounder.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.http.HttpServerRequestInternal;

/**
 * The rules of RFC 9112 and RFC 9113 for a request's head that Vert.x leaves to the application.
 */
final class RequestRules {

  private RequestRules() {}

  /**
   * Whether the request names its host as it must: exactly one valid {@code Host} field in
   * HTTP/1.1, at most one in HTTP/1.0 (RFC 9112 section 3.2), a valid {@code :authority} in HTTP/2
   * (RFC 9113 section 8.3.1).
   */
  static boolean namesItsHost(HttpServerRequest request) {
    HttpVersion version = request.version();
    if (version == HttpVersion.HTTP_2) {
      return request.authority() != null;
    }
    int fields = request.headers().getAll(HttpHeaders.HOST).size();
    if (fields == 0) {
      return version == HttpVersion.HTTP_1_0;
    }
    return fields == 1 && ((HttpServerRequestInternal) request).isValidAuthority();
  }
}
