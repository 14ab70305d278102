package dev.echosounder.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.Http1xServerConnection;

/** What a connection hears that is one too many. */
final class Refusal {

  private static final String BODY =
      "{\"error\":\"too_many_connections\",\"message\":\"no connection is free\"}";

  private static final String ANSWER =
      "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/json\r\ncontent-length: %d\r\n"
          + "retry-after: 1\r\nconnection: close\r\n\r\n%s";

  private Refusal() {}

  /**
   * Closes a new connection: with 503 to any request on HTTP/1, with GOAWAY on HTTP/2. What it
   * sends is not looked at.
   */
  static void of(HttpConnection connection, Channel channel) {
    if (connection instanceof Http1xServerConnection) {
      answer(channel);
    } else {
      connection.goAway(Http2Error.ENHANCE_YOUR_CALM.code());
      connection.close();
    }
  }

  private static void answer(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    StagedClose staged = new StagedClose();
    pipeline.addBefore(Connections.DECODER, null, staged);
    ByteBuf answer = ByteBufUtil.writeAscii(channel.alloc(), ANSWER.formatted(BODY.length(), BODY));
    pipeline.context(staged).write(answer);
    staged.enable();
    channel.close();
  }
}
