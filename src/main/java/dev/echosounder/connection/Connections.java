package dev.echosounder.connection;

import dev.echosounder.settings.Settings;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.Http1xServerConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * The open connections of one event loop: the servers that accept them, their limits, and what is
 * said to them when the service stops. Used on that event loop only.
 */
public final class Connections {

  /** The names that Vert.x gives handlers of its own. */
  static final String DECODER = "httpDecoder";

  private static final String HANDLER = "handler";

  private final Vertx vertx;
  private final HttpServerOptions options;
  private final Settings.Http settings;
  private final Map<Channel, HttpConnection> open = new HashMap<>();

  /**
   * Puts the limits in force.
   *
   * @param vertx made by {@link GuardedTransport#builder()}
   * @param settings those at the start; what they say of connections stays
   * @param openInAll the connections of all event loops
   * @param managementPort as {@link #server(int)} will be told it, where it is one of its own
   */
  public Connections(
      Vertx vertx, Settings settings, OpenConnections openInAll, OptionalInt managementPort) {
    this.vertx = vertx;
    this.options = ServerOptions.of(settings.http(), settings.web());
    this.settings = settings.http();
    // The time for a header section, after that for a handshake.
    long openingNanos = this.settings.headerTimeout().toNanos() * (options.isSsl() ? 2 : 1);
    GuardedTransport.enforce(
        vertx, new Gate.Rules(openInAll, managementPort, openingNanos, this::isHttp1));
  }

  /**
   * A server whose connections are among these. Whoever takes it has it listen, and closes it.
   *
   * @param port where it will listen; several with one negative port share a free one
   */
  public HttpServer server(int port) {
    HttpServerOptions own = new HttpServerOptions(options).setPort(port).setHost(settings.host());
    return vertx.createHttpServer(own).connectionHandler(this::opened);
  }

  /**
   * Has an HTTP/1 connection end with the answer under way, so that its client gets all of it, see
   * {@link StagedClose}. Whoever sends the answer closes.
   */
  public static void closeInStages(HttpConnection connection) {
    pipeline(connection).get(StagedClose.class).enable();
  }

  private static ChannelPipeline pipeline(HttpConnection connection) {
    return ((HttpServerConnection) connection).channelHandlerContext().pipeline();
  }

  /**
   * Takes a connection in: before anything was read from it; one of HTTP/2 with its first SETTINGS;
   * where {@code http.h2c} is on, one of HTTP/1 in the middle of its first request.
   */
  private void opened(HttpConnection connection) {
    Channel channel = pipeline(connection).channel();
    open.put(channel, connection);
    channel.closeFuture().addListener(closed -> open.remove(channel));
    hasOpened(channel.pipeline());
    if (!channel.attr(Seat.KEY).get().admitted()) {
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
  public void goAway(Duration drain) {
    for (Map.Entry<Channel, HttpConnection> entry : Map.copyOf(open).entrySet()) {
      if (entry.getKey().pipeline().get(DECODER) == null) {
        entry.getValue().shutdown(drain.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }
}
