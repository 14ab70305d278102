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

  /**
   * Takes a connection in, before anything was read from it; where {@code http.h2c} is on, in the
   * middle of its first request. One channel may come twice: as HTTP/1, and upgraded to HTTP/2.
   */
  void opened(HttpConnection connection) {
    Channel channel = ((HttpServerConnection) connection).channelHandlerContext().channel();
    if (open.put(channel, connection) == null) {
      openInAll.opened();
      channel.closeFuture().addListener(closed -> closed(channel));
    }
    if (openInAll.tooManyToHear()) {
      refused.count(Refused.Reason.CONNECTIONS);
      channel.close();
    } else if (openInAll.tooMany()) {
      refused.count(Refused.Reason.CONNECTIONS);
      Refusal.of(connection, channel);
    } else if (connection instanceof Http1xServerConnection) {
      limit(channel.pipeline());
    } else {
      limitHttp2(channel.pipeline());
    }
  }

  private void limitHttp2(ChannelPipeline pipeline) {
    if (pipeline.get(SlowReader.class) == null) {
      pipeline.addBefore(HANDLER, null, new SlowReader(settings.requestTimeout()));
      pipeline.addBefore(HANDLER, null, new Backpressure());
    }
    if (pipeline.get(Http2Limits.class) == null) {
      Http2ConnectionHandler http2 = pipeline.get(Http2ConnectionHandler.class);
      pipeline.addBefore(HANDLER, null, new Http2Limits(http2, settings.requestTimeout()));
    }
  }

  private void limit(ChannelPipeline pipeline) {
    pipeline.addBefore(DECODER, null, new SlowReader(settings.requestTimeout()));
    pipeline.addBefore(DECODER, null, new Backpressure());
    pipeline.addBefore(DECODER, null, new StagedClose());
    pipeline.addBefore(HANDLER, null, new IdleWhileAnswering());
    pipeline.addBefore(HANDLER, null, new BrokenConnection());
    if (pipeline.get("h2c") == null) {
      limitRequests(pipeline, true);
    } else {
      // Where HTTP/2 would be spoken too, Vert.x makes the connection in the middle of the first
      // request, whose decoder must not be taken away.
      pipeline.addAfter(DECODER, null, new RequestEnd(() -> limitRequests(pipeline, false)));
    }
  }

  private void limitRequests(ChannelPipeline pipeline, boolean requestExpected) {
    StrictRequestDecoder decoder = new StrictRequestDecoder(options);
    HeaderTimeout timeout = new HeaderTimeout(decoder, settings.headerTimeout(), requestExpected);
    pipeline.addAfter(DECODER, null, timeout);
    pipeline.replace(DECODER, DECODER, decoder);
  }

  private void closed(Channel channel) {
    openInAll.closed();
    open.remove(channel);
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
