package dev.echosounder.connection;

import dev.echosounder.access.SecureTransport;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Web;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;

/** What of the configuration Vert.x has an option for. */
final class ServerOptions {

  private static final int BACKLOG = 4096;
  private static final int REQUEST_LINE_BYTES = 4096;
  private static final int HEADER_BYTES = 8192;

  private static final int STREAMS = 100;

  /** What all streams of a connection may send ahead: that of one is 64 KiB (RFC 9113). */
  private static final int CONNECTION_WINDOW_BYTES = 1 << 20;

  private static final int RESETS = 200;
  private static final int RESETS_SECONDS = 30;
  private static final int SMALL_CONTINUATIONS = 16;

  private ServerOptions() {}

  static HttpServerOptions of(Settings.Http http, Web web) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setAcceptBacklog(BACKLOG)
            .setTcpNoDelay(true)
            .setIdleTimeout(Math.toIntExact(http.idleTimeout().toMillis()))
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setMaxInitialLineLength(REQUEST_LINE_BYTES)
            .setMaxHeaderSize(HEADER_BYTES)
            .setHttp2ClearTextEnabled(http.h2c())
            .setInitialSettings(
                new Http2Settings()
                    .setMaxConcurrentStreams(STREAMS)
                    .setMaxHeaderListSize(HEADER_BYTES))
            .setHttp2ConnectionWindowSize(CONNECTION_WINDOW_BYTES)
            // Streams that a client opens and resets at once, or has the server reset
            // (CVE-2023-44487, CVE-2025-8671).
            .setHttp2RstFloodMaxRstFramePerWindow(RESETS)
            .setHttp2RstFloodWindowDuration(RESETS_SECONDS)
            .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
            // Header sections that never end (CVE-2024-27983 and its like).
            .setHttp2MaxSmallContinuationFrames(SMALL_CONTINUATIONS)
            // Else every connection would get a handler for an extension of WebSocket, which is not
            // spoken here.
            .setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false);
    SecureTransport.apply(options, web, http.headerTimeout());
    return options;
  }
}
