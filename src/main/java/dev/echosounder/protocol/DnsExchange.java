package dev.echosounder.protocol;

import dev.echosounder.bus.Reason;
import dev.echosounder.dial.ConnectionFailure;
import dev.echosounder.dial.ProbeFailure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.xbill.DNS.Message;

/**
 * One question and its answer, on a channel that carries whole messages. On one of datagrams, what
 * does not answer the question is passed over: anyone can send it. A failure is {@link
 * Reason#PROTOCOL}, {@link Reason#REFUSED}, {@link Reason#RESET}, {@link Reason#UNREACHABLE} or
 * {@link Reason#TLS}.
 */
final class DnsExchange extends SimpleChannelInboundHandler<Object> {

  private final DnsQuestion question;
  private final Promise<Message> answer = Promise.promise();

  DnsExchange(DnsQuestion question) {
    this.question = question;
  }

  /** What was answered. */
  Future<Message> answer() {
    return answer.future();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context
        .writeAndFlush(Unpooled.wrappedBuffer(question.message().toWire()))
        .addListener(
            writing -> {
              if (!writing.isSuccess()) {
                exceptionCaught(context, writing.cause());
              }
            });
    context.channel().config().setAutoRead(true);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, Object received) {
    if (received instanceof DatagramPacket datagram) {
      take(datagram.content(), true);
    } else if (received instanceof ByteBuf bytes) {
      take(bytes, false);
    }
  }

  private void take(ByteBuf bytes, boolean fromAnyone) {
    if (fromAnyone && !startsWithId(bytes)) {
      return;
    }
    try {
      Message message = new Message(ByteBufUtil.getBytes(bytes));
      if (question.isAnsweredBy(message)) {
        answer.tryComplete(message);
      } else if (!fromAnyone) {
        fail(new ProbeFailure(Reason.PROTOCOL, "an answer to another question"));
      }
    } catch (IOException | RuntimeException e) {
      // Whatever the parser makes of hostile bytes.
      fail(new ProbeFailure(Reason.PROTOCOL, e));
    }
  }

  private boolean startsWithId(ByteBuf bytes) {
    return bytes.readableBytes() >= 2
        && bytes.getUnsignedShort(bytes.readerIndex()) == question.id();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(new ProbeFailure(Reason.RESET));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause.getCause() instanceof SSLException) {
      fail(new ProbeFailure(Reason.TLS, cause));
    } else if (cause instanceof DecoderException) {
      fail(new ProbeFailure(Reason.PROTOCOL, cause));
    } else {
      fail(ConnectionFailure.of(cause));
    }
  }

  private void fail(ProbeFailure failure) {
    answer.tryFail(failure);
  }
}
