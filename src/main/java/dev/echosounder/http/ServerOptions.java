package dev.echosounder.http;

import dev.echosounder.access.SecureTransport;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Web;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;

/** What of the configuration Vert.x has an option for. */
final class ServerOptions {

  private static final int BACKLOG = 4096;

  private ServerOptions() {}

  static HttpServerOptions of(Settings.Http http, Web web) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setAcceptBacklog(BACKLOG)
            .setTcpNoDelay(true)
            .setIdleTimeout(Math.toIntExact(http.idleTimeout().toMillis()))
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setHttp2ClearTextEnabled(http.h2c())
            // Else every connection would get a handler for an extension of WebSocket, which is not
            // spoken here.
            .setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false);
    SecureTransport.apply(options, web, http.headerTimeout());
    return options;
  }
}
