package dev.echosounder.protocol;

import dev.echosounder.bus.Reason;
import dev.echosounder.dial.ProbeFailure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * One gRPC call with one message each way, on a stream of HTTP/2. A failure is {@link
 * Reason#PROTOCOL}, {@link Reason#BODY_LIMIT}, {@link Reason#RESET} or {@link Reason#TLS}.
 */
final class GrpcExchange extends SimpleChannelInboundHandler<Http2StreamFrame> {

  private static final int MAX_BODY = 4 * 1024 + 5;
  private static final int MAX_MESSAGE = 300;

  private final GrpcRequest request;
  private final Promise<GrpcAnswer> answer = Promise.promise();
  private final ByteBuf body = Unpooled.buffer();
  private boolean begun;

  GrpcExchange(GrpcRequest request) {
    this.request = request;
  }

  /** How the server answered, once it has told its gRPC status. */
  Future<GrpcAnswer> answer() {
    return answer.future();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context.write(new DefaultHttp2HeadersFrame(request.headers()));
    context.writeAndFlush(new DefaultHttp2DataFrame(request.message(), true));
    context.channel().config().setAutoRead(true);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, Http2StreamFrame frame) {
    if (frame instanceof Http2HeadersFrame headers) {
      take(headers.headers(), headers.isEndStream());
    } else if (frame instanceof Http2DataFrame data) {
      take(data);
    }
  }

  private void take(Http2Headers headers, boolean end) {
    if (!begun && isInterim(headers)) {
      return;
    }
    Optional<String> violation = begun ? Optional.empty() : violation(headers);
    begun = true;
    if (violation.isPresent()) {
      fail(Reason.PROTOCOL, violation.get());
    } else if (end) {
      conclude(headers);
    }
  }

  private void take(Http2DataFrame data) {
    if (!begun) {
      fail(Reason.PROTOCOL, "data before the headers");
    } else if (body.readableBytes() + data.content().readableBytes() > MAX_BODY) {
      fail(Reason.BODY_LIMIT, "an answer of more than " + MAX_BODY + " bytes");
    } else if (data.isEndStream()) {
      fail(Reason.PROTOCOL, "an answer without trailers");
    } else {
      body.writeBytes(data.content());
    }
  }

  private static boolean isInterim(Http2Headers headers) {
    return String.valueOf(headers.status()).startsWith("1");
  }

  private static Optional<String> violation(Http2Headers headers) {
    String status = String.valueOf(headers.status());
    String type = String.valueOf(headers.get(HttpHeaderNames.CONTENT_TYPE));
    if (!status.equals("200")) {
      return Optional.of("HTTP status " + status);
    }
    return type.matches("application/grpc([+;].*)?")
        ? Optional.empty()
        : Optional.of("the content type is " + type);
  }

  private void conclude(Http2Headers trailers) {
    String status = String.valueOf(trailers.get("grpc-status"));
    if (!status.matches("[0-9]{1,9}")) {
      fail(Reason.PROTOCOL, "the gRPC status is " + status);
      return;
    }
    String message = String.valueOf(trailers.get("grpc-message", ""));
    String shown = message.substring(0, Math.min(message.length(), MAX_MESSAGE));
    answer.tryComplete(new GrpcAnswer(Integer.parseInt(status), shown, ByteBufUtil.getBytes(body)));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof Http2ResetFrame reset) {
      fail(Reason.RESET, "the server reset the stream with code " + reset.errorCode());
    }
    // A GOAWAY that leaves out this stream holds a buffer, which the end of the pipeline gives
    // back.
    context.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(Reason.RESET, "the end before the gRPC status");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof ProbeFailure) {
      answer.tryFail(cause);
    } else {
      Reason reason = cause.getCause() instanceof SSLException ? Reason.TLS : Reason.RESET;
      answer.tryFail(new ProbeFailure(reason, cause));
    }
  }

  private void fail(Reason reason, String explanation) {
    answer.tryFail(new ProbeFailure(reason, explanation));
  }
}
