package dev.echosounder.protocol;

import dev.echosounder.bus.Reason;
import dev.echosounder.dial.ProbeFailure;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;

/**
 * Tells the handlers of a stream of the violations of HTTP/2 that end it. On the connection it is
 * behind the codec, which keeps what concerns the whole connection from the streams; on the stream
 * it comes first.
 */
final class Http2Errors extends ChannelInboundHandlerAdapter {

  private final ChannelPipeline stream;

  Http2Errors(ChannelPipeline stream) {
    this.stream = stream;
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
