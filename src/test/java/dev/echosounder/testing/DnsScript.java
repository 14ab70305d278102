package dev.echosounder.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** What a {@link DnsServer} does with a question. */
public interface DnsScript {

  int TTL = 300;

  void play(Query query);

  /** Where an answer goes. */
  interface Reply {
    void send(Buffer bytes);
  }

  /**
   * A question heard.
   *
   * @param message the question as it came
   * @param overTcp whether it came over TCP
   */
  record Query(Vertx vertx, Message message, boolean overTcp, Reply reply) {

    /** An answer without records, to be filled. */
    public Message answer() {
      Message answer = new Message(message.getHeader().getID());
      answer.getHeader().setFlag(Flags.QR);
      answer.getHeader().setFlag(Flags.RA);
      if (message.getHeader().getFlag(Flags.RD)) {
        answer.getHeader().setFlag(Flags.RD);
      }
      answer.addRecord(message.getQuestion(), Section.QUESTION);
      return answer;
    }
  }

  /** An answer that this makes of one without records: any sections, flags and response code. */
  static DnsScript answer(Consumer<Message> fill) {
    return query -> {
      Message answer = query.answer();
      fill.accept(answer);
      query.reply().send(Buffer.buffer(answer.toWire()));
    };
  }

  /** These records in the answer section, in this order. */
  static DnsScript records(Record... records) {
    return answer(
        answer -> List.of(records).forEach(each -> answer.addRecord(each, Section.ANSWER)));
  }

  /** No records but this response code, such as {@link org.xbill.DNS.Rcode#SERVFAIL}. */
  static DnsScript rcode(int code) {
    return answer(answer -> answer.getHeader().setRcode(code));
  }

  /** Those of the addresses that are of the family asked for. */
  static DnsScript addresses(List<String> literals) {
    return answer(
        answer ->
            literals.stream()
                .map(literal -> address(answer.getQuestion().getName(), literal))
                .filter(each -> each.getType() == answer.getQuestion().getType())
                .forEach(each -> answer.addRecord(each, Section.ANSWER)));
  }

  /** A record in the form of a zone file. */
  static Record record(String name, int type, String text) {
    try {
      return Record.fromString(name(name), type, DClass.IN, TTL, text, Name.root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A record of any type with these bytes, which must be valid where the type is known. */
  static Record record(String name, int type, byte[] data) {
    return Record.newRecord(name(name), type, DClass.IN, TTL, data);
  }

  /** No answer. */
  static DnsScript silent() {
    return query -> {};
  }

  /** These bytes, whatever was asked. */
  static DnsScript raw(byte[] bytes) {
    return query -> query.reply().send(Buffer.buffer(bytes));
  }

  /** Bytes that are no message. */
  static DnsScript garbage() {
    return raw(new byte[] {'n', 'o', 't', ' ', 'D', 'N', 'S'});
  }

  /** A script that is played after a time. */
  static DnsScript delayed(long milliseconds, DnsScript script) {
    return query -> query.vertx().setTimer(milliseconds, now -> script.play(query));
  }

  /** Over UDP, an empty answer with the truncation bit; over TCP, the script. */
  static DnsScript truncatedOverUdp(DnsScript script) {
    DnsScript truncated = answer(answer -> answer.getHeader().setFlag(Flags.TC));
    return query -> (query.overTcp() ? script : truncated).play(query);
  }

  private static Record address(Name name, String literal) {
    try {
      InetAddress address = InetAddress.getByName(literal);
      return address.getAddress().length == 4
          ? new ARecord(name, DClass.IN, TTL, address)
          : new AAAARecord(name, DClass.IN, TTL, address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Name name(String name) {
    try {
      return Name.fromString(name, Name.root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
