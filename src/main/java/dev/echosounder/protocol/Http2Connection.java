package dev.echosounder.protocol;

import dev.echosounder.bus.Reason;
import dev.echosounder.dial.PipelineEnd;
import dev.echosounder.dial.ProbeFailure;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;

/**
 * HTTP/2 on a connection whose server is known to speak it, by ALPN or by configuration (RFC 9113
 * section 3). A probe needs one stream, so there is one.
 */
final class Http2Connection {

  // As for the headers of HTTP/1.1.
  private static final int MAX_HEADER_LIST = 64 * 1024;

  private final ContextInternal context;

  Http2Connection(ContextInternal context) {
    this.context = context;
  }

  /**
   * Sends the preface and opens the stream. Fails with {@link Reason#RESET} if the connection is
   * closed.
   *
   * <p>Whatever ends the stream reaches its handlers: an error of the stream or of the connection
   * as an exception that is a {@link ProbeFailure} with {@link Reason#PROTOCOL}, RST_STREAM, GOAWAY
   * and the end of the connection as {@code channelInactive}. The stream ends with the connection.
   *
   * @param connection without a handler that reads, TLS being done if there is any
   * @return a channel with a {@link PipelineEnd}, for HTTP/2 frames, that reads nothing until it is
   *     told to
   */
  Future<Channel> openStream(Channel connection) {
    PipelineEnd.addBefore(connection.pipeline(), codec());
    PipelineEnd.addBefore(connection.pipeline(), new Http2MultiplexHandler(new Unasked()));
    PromiseInternal<Http2StreamChannel> promise = context.promise();
    new Http2StreamChannelBootstrap(connection)
        .option(ChannelOption.AUTO_READ, false)
        .handler(new PipelineEnd())
        .open()
        .addListener(promise);
    return promise
        .future()
        .recover(cause -> Future.failedFuture(new ProbeFailure(Reason.RESET, cause)))
        .map(stream -> watched(stream, connection));
  }

  private static Channel watched(Channel stream, Channel connection) {
    PipelineEnd.addBefore(stream.pipeline(), new Http2Errors(stream.pipeline()));
    PipelineEnd.addBefore(connection.pipeline(), new Http2Errors(stream.pipeline()));
    connection.config().setAutoRead(true);
    return stream;
  }

  private static Http2FrameCodec codec() {
    return Http2FrameCodecBuilder.forClient()
        .initialSettings(
            Http2Settings.defaultSettings().pushEnabled(false).maxHeaderListSize(MAX_HEADER_LIST))
        .build();
  }

  /** For streams a server would open, which it may not: the codec refuses them first. */
  @ChannelHandler.Sharable
  private static final class Unasked extends ChannelInboundHandlerAdapter {}
}
