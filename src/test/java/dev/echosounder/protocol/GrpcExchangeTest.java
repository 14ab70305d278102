package dev.echosounder.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.dial.PipelineEnd;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import org.junit.jupiter.api.Test;

class GrpcExchangeTest {

  @Test
  void a_goaway_that_leaves_out_the_stream_is_given_back() {
    GrpcRequest request = new GrpcRequest(new DefaultHttp2Headers(), Unpooled.buffer());
    EmbeddedChannel stream = new EmbeddedChannel(new GrpcExchange(request), new PipelineEnd());
    ByteBuf why = Unpooled.buffer().writeByte('a');

    stream.pipeline().fireUserEventTriggered(new DefaultHttp2GoAwayFrame(0, why));

    assertThat(why.refCnt()).isZero();
    stream.finishAndReleaseAll();
  }
}
