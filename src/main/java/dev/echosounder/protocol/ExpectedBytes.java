package dev.echosounder.protocol;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Reason;
import dev.echosounder.dial.Findings;
import dev.echosounder.dial.ProbeFailure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Bytes that must come next. Others are {@link Reason#ASSERTION}, as soon as the first of them is
 * there; so is an end before.
 */
final class ExpectedBytes implements Conversation.Expected<ByteBuf> {

  private final ByteBuf expected;
  private final Findings findings;

  ExpectedBytes(byte[] expected, Findings findings) {
    this.expected = Unpooled.wrappedBuffer(expected);
    this.findings = findings;
  }

  @Override
  public Future<Optional<ByteBuf>> takeFrom(ByteBuf received, boolean ended) {
    int length = Math.min(received.readableBytes(), expected.readableBytes());
    if (!ByteBufUtil.equals(expected, 0, received, received.readerIndex(), length)) {
      findings.measure(Measure.FAILED_DUE_TO_BYTES, true);
      return fail("other bytes than expected");
    }
    if (length == expected.readableBytes()) {
      findings.measure(Measure.FAILED_DUE_TO_BYTES, false);
      findings.note(() -> "received the " + length + " bytes expected");
      received.skipBytes(length);
      return Future.succeededFuture(Optional.of(expected));
    }
    return ended ? fail("the end before the bytes expected") : none();
  }

  private static Future<Optional<ByteBuf>> none() {
    return Future.succeededFuture(Optional.empty());
  }

  private static Future<Optional<ByteBuf>> fail(String explanation) {
    return Future.failedFuture(new ProbeFailure(Reason.ASSERTION, explanation));
  }
}
