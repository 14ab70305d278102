package dev.echosounder.protocol;

import com.google.re2j.Pattern;
import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Reason;
import dev.echosounder.dial.Findings;
import dev.echosounder.dial.ProbeFailure;
import dev.echosounder.dial.Workers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A line that matches; those before it that do not are skipped. The end before it is {@link
 * Reason#ASSERTION}, a line that is too long {@link Reason#PROTOCOL}.
 */
final class ExpectedLine implements Conversation.Expected<Match> {

  private final LineSearch search;
  private final Workers workers;
  private final Findings findings;
  private int withoutNewline;

  /**
   * @param over whether nobody waits any more
   */
  ExpectedLine(Pattern pattern, Workers workers, BooleanSupplier over, Findings findings) {
    this.search = new LineSearch(pattern, over);
    this.workers = workers;
    this.findings = findings;
  }

  @Override
  public Future<Optional<Match>> takeFrom(ByteBuf received, boolean ended) {
    int length = ended ? received.readableBytes() : lengthOfLines(received);
    if (length == 0 && !ended) {
      return received.readableBytes() < LineSearch.MAX_LINE ? none() : fail(LineSearch.tooLong());
    }
    byte[] lines = ByteBufUtil.getBytes(received, received.readerIndex(), length);
    findings.note(() -> "received " + shown(lines));
    return workers
        .run(() -> search.first(lines), lane(length), false)
        .compose(
            found -> {
              withoutNewline = 0;
              received.skipBytes(found.map(LineSearch.Found::end).orElse(length));
              found.ifPresent(line -> findings.measure(Measure.FAILED_DUE_TO_REGEX, false));
              return found.isEmpty() && ended
                  ? fail(unmatched())
                  : Future.succeededFuture(found.map(LineSearch.Found::match));
            });
  }

  private static Workers.Lane lane(int length) {
    return length > LineSearch.MAX_LINE ? Workers.Lane.LONG : Workers.Lane.SHORT;
  }

  // Looks at no byte twice, however small the pieces are in which a long line comes.
  private int lengthOfLines(ByteBuf received) {
    int unseen = received.readerIndex() + withoutNewline;
    int last = received.indexOf(received.writerIndex(), unseen, (byte) '\n');
    withoutNewline = received.readableBytes();
    return last < 0 ? 0 : last + 1 - received.readerIndex();
  }

  private ProbeFailure unmatched() {
    findings.measure(Measure.FAILED_DUE_TO_REGEX, true);
    return new ProbeFailure(Reason.ASSERTION, "the end before a line that matches");
  }

  private static String shown(byte[] lines) {
    int length = Math.min(lines.length, 300);
    return new String(lines, 0, length, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}+", " ");
  }

  private static Future<Optional<Match>> none() {
    return Future.succeededFuture(Optional.empty());
  }

  private static Future<Optional<Match>> fail(ProbeFailure failure) {
    return Future.failedFuture(failure);
  }
}
