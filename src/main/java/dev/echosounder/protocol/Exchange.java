package dev.echosounder.protocol;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.Reason;
import dev.echosounder.dial.Findings;
import dev.echosounder.dial.ProbeFailure;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import javax.net.ssl.SSLException;

/**
 * One request and its answer, on a pipeline that decodes HTTP. A failure is {@link
 * Reason#PROTOCOL}, {@link Reason#RESET} or {@link Reason#TLS}.
 */
final class Exchange extends SimpleChannelInboundHandler<HttpObject> {

  /** Netty's default of 8 KiB for all headers is less than what some sites send. */
  static final HttpDecoderConfig DECODER =
      new HttpDecoderConfig().setMaxInitialLineLength(8 * 1024).setMaxHeaderSize(64 * 1024);

  // Without a bound, a server that sends nothing else keeps the event loop busy.
  private static final int MOST_INTERIM = 100;

  private static final HttpVersion HTTP_2 = HttpVersion.valueOf("HTTP/2.0");

  private final FullHttpRequest request;
  private final boolean http2;
  private final HttpHop.Reading reading;
  private final BodyBuffer body;
  private final Findings findings;
  private final Promise<HttpResponse> answer = Promise.promise();
  private HttpResponse head;
  private int interim;

  /**
   * @param http2 whether the answer comes over HTTP/2, which the decoded one does not say
   * @param body where the answer's goes
   */
  Exchange(
      FullHttpRequest request,
      boolean http2,
      HttpHop.Reading reading,
      BodyBuffer body,
      Findings findings) {
    this.request = request;
    this.http2 = http2;
    this.reading = reading;
    this.body = body;
    this.findings = findings;
  }

  /** The body of the answer, as far as it has come in. */
  BodyBuffer body() {
    return body;
  }

  /** The head of the answer, once its last byte was received, or as much as is of interest. */
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
    if (answer.future().isComplete()) {
      return;
    }
    if (part.decoderResult().isFailure()) {
      fail(undecodable(part.decoderResult()), part.decoderResult().cause());
      return;
    }
    if (part instanceof HttpResponse response && isInterim(response)) {
      countInterim();
    } else if (part instanceof HttpResponse response && !isSpoken(response)) {
      fail(new ProbeFailure(Reason.PROTOCOL, "the version is " + response.protocolVersion()));
    } else if (part instanceof HttpResponse response) {
      begin(response, context.pipeline().get(SslHandler.class) != null);
    }
    if (part instanceof HttpContent content && head != null && !answer.future().isComplete()) {
      receive(content);
    }
  }

  private void countInterim() {
    interim++;
    if (interim > MOST_INTERIM) {
      fail(new ProbeFailure(Reason.PROTOCOL, "more than " + MOST_INTERIM + " interim answers"));
    }
  }

  private static boolean isSpoken(HttpResponse response) {
    return response.protocolVersion().majorVersion() == 1;
  }

  private void receive(HttpContent content) {
    boolean more = body.add(content.content());
    if (reading.plan().coding().isEmpty()) {
      findings.measure(Measure.HTTP_UNCOMPRESSED_BODY_LENGTH, (double) body.length());
    }
    if (!more || content instanceof LastHttpContent) {
      succeed();
    }
  }

  // RFC 9110 section 15.2: interim answers may precede the final one. After 101 the
  // connection speaks another protocol, so that nothing of HTTP follows.
  private static boolean isInterim(HttpResponse response) {
    return response.status().codeClass() == HttpStatusClass.INFORMATIONAL
        && response.status().code() != 101;
  }

  // HTTP/2 is spoken over TLS only, whose handler is not that of the stream.
  private void begin(HttpResponse response, boolean behindTls) {
    head = http2 ? response.setProtocolVersion(HTTP_2) : response;
    findings.statusCode(response.status().code());
    HeadMeasures.take(response, findings);
    findings.measure(Measure.HTTP_SSL, http2 || behindTls);
    if (response.status().code() == 101 || reading.headSuffices().test(response)) {
      succeed();
    }
  }

  // Whatever follows begins when the answer is complete.
  private void succeed() {
    findings.leave();
    findings.note(
        () -> head.status().code() + " over " + head.protocolVersion() + ", body " + body.length());
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
    } else if (cause instanceof CodecException) {
      fail(Reason.PROTOCOL, cause);
    } else {
      answer.tryFail(cause);
    }
  }

  // A connection that broke ends in channelInactive, after what the peer said before has been read.
  private void written(io.netty.util.concurrent.Future<? super Void> writing) {
    if (writing.cause() != null && !(writing.cause() instanceof IOException)) {
      answer.tryFail(Http2Errors.expected(writing.cause()));
    }
  }

  private void fail(Reason reason, Throwable cause) {
    fail(new ProbeFailure(reason, cause));
  }

  private void fail(ProbeFailure failure) {
    answer.tryFail(failure);
  }

  private static Reason undecodable(DecoderResult result) {
    return result.cause() instanceof PrematureChannelClosureException
        ? Reason.RESET
        : Reason.PROTOCOL;
  }
}
