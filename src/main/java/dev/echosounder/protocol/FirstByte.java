package dev.echosounder.protocol;

import dev.echosounder.bus.Phase;
import dev.echosounder.dial.Findings;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Tells processing from transfer at the first byte of the answer, and leaves the pipeline. */
final class FirstByte extends ChannelInboundHandlerAdapter {

  private final Findings findings;

  FirstByte(Findings findings) {
    this.findings = findings;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    findings.enter(Phase.TRANSFER);
    context.pipeline().remove(this);
    context.fireChannelRead(message);
  }
}
