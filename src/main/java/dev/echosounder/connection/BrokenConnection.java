package dev.echosounder.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;

/**
 * Closes an HTTP/1 connection that the client has reset, and leaves it to the close to end what is
 * under way. Vert.x, told of the reset itself, fails over a second request that still waits for its
 * turn, and Netty then logs a stack trace: one for each reset that a client cares to send.
 *
 * <p>It sits before the handler of Vert.x.
 */
final class BrokenConnection extends ChannelInboundHandlerAdapter {

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      ctx.close();
    } else {
      ctx.fireExceptionCaught(cause);
    }
  }
}
