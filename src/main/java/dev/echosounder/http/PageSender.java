package dev.echosounder.http;

import dev.echosounder.bus.Page;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.internal.buffer.BufferInternal;
import java.time.Duration;

/**
 * Sends one page, piece by piece as its client takes it: TLS would make another page of a whole one
 * at once, and keep its event loop for as long. For that event loop.
 */
final class PageSender {

  /** Pieces that the connection has and the client has not: one on its way, and the next. */
  private static final int MOST_WAITING = 2;

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final Page page;
  private final Promise<Void> taken = Promise.promise();
  private int next;
  private int waiting;

  /**
   * @param page of which the caller holds a reference until it is sent
   */
  PageSender(Vertx vertx, HttpServerRequest request, Page page) {
    this.vertx = vertx;
    this.request = request;
    this.page = page;
  }

  /**
   * Sends the page, or for HEAD its length alone (RFC 9110 section 9.3.2).
   *
   * @param longest how long the client may take; past it the connection, or the stream, is reset
   * @return done when the client has it; fails when the client is gone
   */
  Future<Void> send(Duration longest) {
    request.response().putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(page.length()));
    if (HttpMethod.HEAD.equals(request.method()) || page.pieces().isEmpty()) {
      return request.response().end();
    }
    // Each piece that is taken makes the connection writable: no other deadline sees the whole.
    long deadline = vertx.setTimer(longest.toMillis(), id -> cut());
    hand();
    return taken.future().onComplete(end -> vertx.cancelTimer(deadline));
  }

  private void hand() {
    while (waiting < MOST_WAITING && next < page.pieces().size()) {
      hand(page.pieces().get(next++));
    }
  }

  private void hand(ByteBuf piece) {
    boolean last = next == page.pieces().size();
    Buffer bytes = BufferInternal.buffer(piece);
    Future<Void> written = last ? request.response().end(bytes) : request.response().write(bytes);
    waiting++;
    page.retain();
    written.onComplete(
        end -> {
          page.release();
          waiting--;
          if (end.failed()) {
            taken.tryFail(end.cause());
          } else if (last) {
            taken.tryComplete();
          } else {
            // Not at once: others on this event loop have their turn, however fast the client is.
            vertx.runOnContext(turn -> handUnlessGone());
          }
        });
  }

  private void handUnlessGone() {
    if (!taken.future().isComplete()) {
      hand();
    }
  }

  /** With a reset, so that the kernel does not go on offering what nobody takes. */
  private void cut() {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset(Http2Error.ENHANCE_YOUR_CALM.code());
      return;
    }
    Channel channel =
        ((HttpServerConnection) request.connection()).channelHandlerContext().channel();
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    // Before every handler that might hold the close back.
    channel.pipeline().firstContext().close();
  }
}
