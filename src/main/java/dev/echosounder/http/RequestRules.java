package dev.echosounder.http;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.net.HostAndPort;

/**
 * The rules of RFC 9112 and RFC 9113 for a request's head that Vert.x leaves to the application.
 */
final class RequestRules {

  private static final int NO_PORT = -1;

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
    return fields == 1
        && ((HttpServerRequestInternal) request).isValidAuthority()
        && (request.authority() == null || isHost(request.authority().host()));
  }

  /**
   * Whether the target is what {@code CONNECT} has for one: a host and a port (RFC 9112 section
   * 3.2.3).
   */
  static boolean isAuthority(String target) {
    HostAndPort authority = HostAndPort.parseAuthority(target, NO_PORT);
    return authority != null
        && authority.port() != NO_PORT
        && !authority.host().isEmpty()
        && isHost(authority.host());
  }

  /** Vert.x takes anything between brackets for an address. */
  private static boolean isHost(String host) {
    return !host.startsWith("[") || NetUtil.isValidIpV6Address(host);
  }
}
