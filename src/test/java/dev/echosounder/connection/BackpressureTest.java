package dev.echosounder.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackpressureTest {

  private static final int READ = 64 * 1024;
  private static final int PIECE = 4096;
  private static final int ANSWER = 2 * PIECE;

  private final Program program = new Program();
  private final EmbeddedChannel channel = new EmbeddedChannel(new Backpressure(), program);

  /** Answers each piece, and is flushed by hand. */
  private static final class Program extends ChannelInboundHandlerAdapter {

    private int bytes;
    private int answerBytes;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf piece = (ByteBuf) message;
      bytes += piece.readableBytes();
      piece.release();
      if (answerBytes > 0) {
        ctx.write(Unpooled.buffer(answerBytes).writeZero(answerBytes));
      }
    }
  }

  @AfterEach
  void finish() {
    channel.finishAndReleaseAll();
  }

  private static ByteBuf read() {
    return Unpooled.buffer(READ).writeZero(READ);
  }

  @Test
  void all_that_is_read_is_passed_on_while_answers_are_taken() {
    channel.writeInbound(read(), read());

    assertThat(program.bytes).isEqualTo(2 * READ);
  }

  @Test
  void no_more_is_passed_on_than_makes_the_channel_unwritable() {
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(ANSWER, 2 * ANSWER));
    program.answerBytes = ANSWER;
    channel.writeInbound(read());

    assertThat(program.bytes).isLessThan(READ / 4);
    for (int pieces = 0; pieces < READ / PIECE; pieces++) {
      channel.flushOutbound();
    }
    assertThat(program.bytes).isEqualTo(READ);
  }

  @Test
  void nothing_is_passed_on_while_nothing_is_to_be_read() {
    channel.config().setAutoRead(false);
    ByteBuf read = read();
    channel.pipeline().fireChannelRead(read);
    assertThat(program.bytes).isZero();

    channel.config().setAutoRead(true);
    channel.runPendingTasks();
    assertThat(program.bytes).isEqualTo(READ);
    assertThat(read.refCnt()).isZero();
  }

  @Test
  void what_is_held_goes_with_the_connection() {
    channel.config().setAutoRead(false);
    ByteBuf read = read();
    channel.pipeline().fireChannelRead(read);

    channel.close();
    assertThat(read.refCnt()).isZero();
  }
}
