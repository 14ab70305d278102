package dev.echosounder.dial;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;

/**
 * The last handler of every probe's pipeline. Drops what no stage has taken, and failures that come
 * after the stage they concern has ended or that its own future reports, which Netty would log.
 */
public final class PipelineEnd extends SimpleChannelInboundHandler<Object> {

  /** Adds a handler behind those of earlier stages. */
  public static void addBefore(ChannelPipeline pipeline, ChannelHandler handler) {
    pipeline.addBefore(pipeline.context(PipelineEnd.class).name(), null, handler);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, Object message) {}

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}
}
