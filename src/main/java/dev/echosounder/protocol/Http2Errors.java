package dev.echosounder.protocol;

import dev.echosounder.bus.Reason;
import dev.echosounder.dial.ProbeFailure;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2PushPromiseFrame;

/**
 * Tells the handlers of a stream of the violations of HTTP/2 that end it. On the connection it is
 * behind the codec, which keeps what concerns the whole connection from the streams; on the stream
 * it comes first.
 */
final class Http2Errors extends ChannelInboundHandlerAdapter {

  // Of SETTINGS and PING alike: a probe lasts for one exchange.
  private static final int MOST_OF_THE_CONNECTION = 1000;

  private final ChannelPipeline stream;
  private int ofTheConnection;

  Http2Errors(ChannelPipeline stream) {
    this.stream = stream;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) {
    ofTheConnection += context.pipeline() == stream ? 0 : 1;
    if (ofTheConnection == MOST_OF_THE_CONNECTION) {
      violated("frames without an end");
    } else if (frame instanceof Http2PushPromiseFrame) {
      violated("a push, which was not asked for");
    }
    context.fireChannelRead(frame);
  }

  private void violated(String how) {
    stream.fireExceptionCaught(new ProbeFailure(Reason.PROTOCOL, "the peer sends " + how));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Throwable failure = expected(cause);
    if (failure == cause || context.pipeline() == stream) {
      context.fireExceptionCaught(failure);
    } else {
      stream.fireExceptionCaught(failure);
    }
  }

  /** What a violation of HTTP/2 says of the target; any other cause as it is. */
  static Throwable expected(Throwable cause) {
    Http2Exception violation = Http2CodecUtil.getEmbeddedHttp2Exception(cause);
    return violation == null ? cause : new ProbeFailure(reason(violation), violation);
  }

  // RFC 9113 section 8.7: of a peer that has sent GOAWAY, whether it came before the stream or
  // after.
  private static Reason reason(Http2Exception violation) {
    return violation.error() == Http2Error.REFUSED_STREAM ? Reason.RESET : Reason.PROTOCOL;
  }
}
