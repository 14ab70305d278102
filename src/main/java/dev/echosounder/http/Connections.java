package dev.echosounder.http;

import dev.echosounder.settings.Settings;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.Http1xServerConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The open connections of one event loop: their limits, and what is said to them when the service
 * stops.
 */
final class Connections {

  /** The names that Vert.x gives handlers of its own. */
  static final String DECODER = "httpDecoder";

  private static final String HANDLER = "handler";

  private final HttpServerOptions options;
  private final Settings.Http settings;
  private final OpenConnections openInAll;
  private final Refused refused;
  private final Map<Channel, HttpConnection> open = new HashMap<>();

  /**
   * @param options those of the server, for its decoder
   * @param openInAll the connections of all event loops
   */
  Connections(
      HttpServerOptions options,
      Settings.Http settings,
      OpenConnections openInAll,
      Refused refused) {
    this.options = options;
    this.settings = settings;
    this.openInAll = openInAll;
    this.refused = refused;
  }

  /** What holds for a connection before it comes here. */
  Gate.Rules rules() {
    // The time for a header section, after that for a handshake.
    long nanos = settings.headerTimeout().toNanos() * (options.isSsl() ? 2 : 1);
    return new Gate.Rules(openInAll, nanos, this::isHttp1);
  }

  /**
   * Takes a connection in: before anything was read from it; one of HTTP/2 with its first SETTINGS;
   * where {@code http.h2c} is on, one of HTTP/1 in the middle of its first request.
   */
  void opened(HttpConnection connection) {
    Channel channel = ((HttpServerConnection) connection).channelHandlerContext().channel();
    open.put(channel, connection);
    channel.closeFuture().addListener(closed -> open.remove(channel));
    hasOpened(channel.pipeline());
    if (openInAll.tooMany()) {
      refused.count(Refused.Reason.CONNECTIONS);
      Refusal.of(connection, channel);
    } else if (connection instanceof Http1xServerConnection) {
      limit(channel.pipeline());
    } else {
      limitHttp2(channel.pipeline());
    }
  }

  private void limitHttp2(ChannelPipeline pipeline) {
    Http2ConnectionHandler http2 = pipeline.get(Http2ConnectionHandler.class);
    pipeline.addBefore(HANDLER, null, new SlowReader(settings.requestTimeout()));
    pipeline.addBefore(HANDLER, null, new Backpressure());
    pipeline.addBefore(
        HANDLER, null, new Http2Idle(http2, settings.headerTimeout(), settings.idleTimeout()));
    pipeline.addBefore(HANDLER, null, new Http2Limits(http2, settings.requestTimeout()));
  }

  private void limit(ChannelPipeline pipeline) {
    pipeline.addBefore(DECODER, null, new SlowReader(settings.requestTimeout()));
    pipeline.addBefore(DECODER, null, new Backpressure());
    pipeline.addBefore(DECODER, null, new StagedClose());
    pipeline.addBefore(HANDLER, null, new IdleWhileAnswering());
    pipeline.addBefore(HANDLER, null, new BrokenConnection());
    if (pipeline.get(HeaderTimeout.class) == null) {
      limitRequests(pipeline);
    }
  }

  /** Of a connection that Vert.x tells of only once its first request is decoded. */
  private void isHttp1(ChannelPipeline pipeline) {
    pipeline.addBefore("h2c", null, new IgnoredUpgrade());
    limitRequests(pipeline);
    hasOpened(pipeline);
  }

  /** It may have before: a first byte that is refused makes a connection at once. */
  private static void hasOpened(ChannelPipeline pipeline) {
    if (pipeline.get(Opening.class) != null) {
      pipeline.remove(Opening.class);
    }
  }

  private void limitRequests(ChannelPipeline pipeline) {
    StrictRequestDecoder decoder = new StrictRequestDecoder(options);
    pipeline.addAfter(DECODER, null, new HeaderTimeout(decoder, settings.headerTimeout()));
    pipeline.replace(DECODER, DECODER, decoder);
  }

  /**
   * Tells HTTP/2 clients to open no more streams (RFC 9113 section 6.8); streams under way are
   * answered.
   */
  void goAway(Duration drain) {
    for (Map.Entry<Channel, HttpConnection> entry : Map.copyOf(open).entrySet()) {
      if (entry.getKey().pipeline().get(DECODER) == null) {
        entry.getValue().shutdown(drain.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }
}
