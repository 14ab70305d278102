package dev.echosounder.protocol;

import dev.echosounder.bus.Reason;
import dev.echosounder.dial.PipelineEnd;
import dev.echosounder.dial.ProbeFailure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * What is said on a connection from one moment to another. It reads from the connection only while
 * something is expected that it has not got; one thing is expected at a time. A peer that has ended
 * its half may still be spoken to.
 */
final class Conversation extends SimpleChannelInboundHandler<ByteBuf> {

  /**
   * Something the peer is expected to say.
   *
   * @param <T> what becomes of it
   */
  interface Expected<T> {

    /**
     * Looks for it in what was received and not taken yet, and takes it, with all before it.
     *
     * @param ended whether nothing will come after this
     * @return empty if more is needed, which never happens at the end; fails if it cannot come any
     *     more
     */
    Future<Optional<T>> takeFrom(ByteBuf received, boolean ended);
  }

  private final Channel channel;
  private final ByteBuf received = Unpooled.buffer();
  private int left;
  private boolean ended;
  private Optional<Throwable> broken = Optional.empty();
  private Runnable look = () -> {};

  private Conversation(Channel channel, int limit) {
    this.channel = channel;
    this.left = limit;
  }

  /**
   * Begins one.
   *
   * @param channel whose reads are left to the conversation
   * @param limit how many bytes may be received in all
   */
  static Conversation on(Channel channel, int limit) {
    Conversation conversation = new Conversation(channel, limit);
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    PipelineEnd.addBefore(channel.pipeline(), conversation);
    return conversation;
  }

  /**
   * Waits for something. Fails as that does, with {@link Reason#RESET} if the connection breaks, or
   * {@link Reason#BODY_LIMIT} if more than the limit was received.
   */
  <T> Future<T> expect(Expected<T> expected) {
    Promise<T> promise = Promise.promise();
    look(expected, promise);
    return promise.future();
  }

  private <T> void look(Expected<T> expected, Promise<T> promise) {
    look = () -> {};
    if (broken.isPresent()) {
      promise.fail(broken.get());
      return;
    }
    expected
        .takeFrom(received, ended)
        .onFailure(promise::fail)
        .onSuccess(
            taken -> taken.ifPresentOrElse(promise::complete, () -> more(expected, promise)));
  }

  private <T> void more(Expected<T> expected, Promise<T> promise) {
    look = () -> look(expected, promise);
    if (hasEnded()) {
      look.run();
    } else {
      channel.read();
    }
  }

  /** Says something; fails with {@link Reason#RESET}. */
  Future<Void> say(String text) {
    Promise<Void> promise = Promise.promise();
    channel
        .writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8))
        .addListener(
            writing -> {
              if (writing.isSuccess()) {
                promise.complete();
              } else {
                promise.fail(new ProbeFailure(Reason.RESET, writing.cause()));
              }
            });
    return promise.future();
  }

  /** Whether something was received that was not expected yet. */
  boolean hasMore() {
    return received.isReadable();
  }

  /** Whether the peer will say no more. */
  boolean hasEnded() {
    return ended || broken.isPresent();
  }

  /**
   * Ends the conversation, not the connection.
   *
   * @return how many bytes it might have received yet
   */
  int leave() {
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
    channel.pipeline().remove(this);
    return left;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf chunk) {
    left -= chunk.readableBytes();
    if (left < 0) {
      broken = Optional.of(new ProbeFailure(Reason.BODY_LIMIT));
    } else {
      received.discardReadBytes().writeBytes(chunk);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    look.run();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
      channelInactive(context);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ended = true;
    look.run();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Reason reason = cause.getCause() instanceof SSLException ? Reason.TLS : Reason.RESET;
    broken = broken.or(() -> Optional.of(new ProbeFailure(reason, cause)));
    look.run();
  }
}
