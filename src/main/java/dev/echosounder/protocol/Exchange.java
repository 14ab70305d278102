package dev.echosounder.protocol;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.Reason;
import dev.echosounder.dial.Findings;
import dev.echosounder.dial.ProbeFailure;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;

/**
 * One request and its answer, on a pipeline that decodes HTTP. The body is counted, never kept. A
 * failure is {@link Reason#PROTOCOL}, {@link Reason#RESET} or {@link Reason#TLS}.
 */
final class Exchange extends SimpleChannelInboundHandler<HttpObject> {

  private final FullHttpRequest request;
  private final Predicate<HttpResponse> headSuffices;
  private final Findings findings;
  private final Promise<HttpResponse> answer = Promise.promise();
  private HttpResponse head;
  private long bodyLength;

  /**
   * @param headSuffices which answers' bodies are of no interest
   */
  Exchange(FullHttpRequest request, Predicate<HttpResponse> headSuffices, Findings findings) {
    this.request = request;
    this.headSuffices = headSuffices;
    this.findings = findings;
  }

  /** The head of the answer, once its last byte was received. */
  Future<HttpResponse> answer() {
    return answer.future();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    findings.enter(Phase.PROCESSING);
    context.writeAndFlush(request).addListener(this::written);
    context.channel().config().setAutoRead(true);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (part.decoderResult().isFailure()) {
      fail(undecodable(part.decoderResult()), part.decoderResult().cause());
      return;
    }
    if (part instanceof HttpResponse response && !isInterim(response)) {
      begin(response);
    }
    if (part instanceof HttpContent content && head != null) {
      bodyLength += content.content().readableBytes();
      findings.measure(Measure.HTTP_UNCOMPRESSED_BODY_LENGTH, (double) bodyLength);
      if (part instanceof LastHttpContent) {
        succeed();
      }
    }
  }

  // RFC 9110 section 15.2: any number of interim answers may precede the final one. After 101 the
  // connection speaks another protocol, so that nothing of HTTP follows.
  private static boolean isInterim(HttpResponse response) {
    return response.status().codeClass() == HttpStatusClass.INFORMATIONAL
        && response.status().code() != 101;
  }

  private void begin(HttpResponse response) {
    head = response;
    findings.statusCode(response.status().code());
    findings.measure(
        Measure.HTTP_VERSION,
        response.protocolVersion().majorVersion()
            + response.protocolVersion().minorVersion() / 10.0);
    findings.measure(
        Measure.HTTP_CONTENT_LENGTH,
        response.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
            ? Double.parseDouble(response.headers().get(HttpHeaderNames.CONTENT_LENGTH))
            : -1);
    if (response.status().code() == 101 || headSuffices.test(response)) {
      succeed();
    }
  }

  private void succeed() {
    findings.leave();
    answer.tryComplete(head);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(Reason.RESET, null);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause.getCause() instanceof SSLException) {
      fail(Reason.TLS, cause);
    } else if (cause instanceof IOException) {
      fail(Reason.RESET, cause);
    } else {
      answer.tryFail(cause);
    }
  }

  // A connection that broke ends in channelInactive, after what the peer said before has been read.
  private void written(io.netty.util.concurrent.Future<? super Void> writing) {
    if (writing.cause() != null && !(writing.cause() instanceof IOException)) {
      answer.tryFail(writing.cause());
    }
  }

  private void fail(Reason reason, Throwable cause) {
    answer.tryFail(new ProbeFailure(reason, cause));
  }

  private static Reason undecodable(DecoderResult result) {
    return result.cause() instanceof PrematureChannelClosureException
        ? Reason.RESET
        : Reason.PROTOCOL;
  }
}
