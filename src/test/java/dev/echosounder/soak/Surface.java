package dev.echosounder.soak;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClientOptions;
import java.util.Optional;

/**
 * Where a service is asked, and how.
 *
 * @param secure whether over TLS, whose certificates change and are not verified
 * @param port of echo
 * @param management port of everything else
 * @param authorization what reserved routes want to see
 */
record Surface(boolean secure, int port, int management, Optional<String> authorization) {

  static final String HOST = "127.0.0.1";

  /** A request for an echo route. */
  RequestOptions echo(HttpMethod method, String path) {
    return new RequestOptions()
        .setHost(HOST)
        .setPort(port)
        .setSsl(secure)
        .setMethod(method)
        .setURI(path);
  }

  /** A request for a reserved route. */
  RequestOptions reserved(HttpMethod method, String path) {
    RequestOptions options = echo(method, path).setPort(management);
    authorization.ifPresent(value -> options.putHeader("Authorization", value));
    return options;
  }

  HttpClientOptions client(HttpVersion version) {
    return new HttpClientOptions()
        .setProtocolVersion(version)
        .setHttp2ClearTextUpgrade(false)
        .setSsl(secure)
        .setUseAlpn(secure)
        .setTrustAll(true)
        .setVerifyHost(false)
        // Less than the service waits, so that it never closes what is about to be used.
        .setKeepAliveTimeout(5);
  }

  NetClientOptions sockets() {
    NetClientOptions options = new NetClientOptions();
    return secure
        ? options.setSsl(true).setTrustAll(true).setHostnameVerificationAlgorithm("")
        : options;
  }
}
