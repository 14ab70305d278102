package dev.echosounder.protocol;

import dev.echosounder.bus.Reason;
import dev.echosounder.dial.ProbeFailure;
import dev.echosounder.settings.DnsOptions;
import io.vertx.core.Future;
import java.net.IDN;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;

/**
 * A question to a name server, with an id of its own that nobody can guess.
 *
 * @param message as it is sent
 */
record DnsQuestion(Message message) {

  /** The question; fails with {@link Reason#PROTOCOL} where the name cannot be asked after. */
  static Future<DnsQuestion> of(DnsOptions.Question question) {
    try {
      Name name = Name.fromString(ascii(question.name()), Name.root);
      Message message = new Message();
      if (question.recursionDesired()) {
        message.getHeader().setFlag(Flags.RD);
      }
      message.addRecord(
          Record.newRecord(name, question.type(), question.dnsClass()), Section.QUESTION);
      return Future.succeededFuture(new DnsQuestion(message));
    } catch (TextParseException | IllegalArgumentException e) {
      return Future.failedFuture(new ProbeFailure(Reason.PROTOCOL, e));
    }
  }

  private static String ascii(String name) {
    return name.chars().allMatch(c -> c < 0x80) ? name : IDN.toASCII(name);
  }

  int id() {
    return message.getHeader().getID();
  }

  /** Whether a message answers this; servers that refuse to may leave the question out. */
  boolean isAnsweredBy(Message other) {
    return other.getHeader().getID() == id()
        && other.getHeader().getFlag(Flags.QR)
        && (other.getQuestion() == null || asksTheSame(other.getQuestion()));
  }

  private boolean asksTheSame(Record other) {
    Record own = message.getQuestion();
    return own.getName().equals(other.getName())
        && own.getType() == other.getType()
        && own.getDClass() == other.getDClass();
  }
}
