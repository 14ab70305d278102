package dev.echosounder.hostile;

import static dev.echosounder.hostile.RawTargets.end;

import dev.echosounder.bus.Reason;
import dev.echosounder.testing.DnsScript;
import dev.echosounder.testing.DnsServer;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What can go wrong from a name to its address. */
final class NameFaults {

  private static final String ONLY_4 = "http: {ip_protocol: ip4}";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  private final DnsServer dns;
  private final List<Fault> faults = new ArrayList<>();
  private final int port;

  private NameFaults(RawTargets targets, DnsServer dns) {
    this.dns = dns;
    this.port = targets.http(end(OK));
  }

  static List<Fault> of(RawTargets targets, DnsServer dns) {
    NameFaults faults = new NameFaults(targets, dns);
    faults.names();
    faults.lies();
    faults.addresses();
    return faults.faults;
  }

  private void at(String name, String host, String keys, Reason reason) {
    faults.add(new Fault("name", name, "http://" + host + ":" + port + "/", keys, reason));
  }

  private void on(String name, String host, DnsScript script, Reason reason) {
    dns.on(host, Type.A, script).on(host, Type.AAAA, script);
    at(name, host, "", reason);
  }

  private void names() {
    at("does not exist", "nx.test", "", Reason.DNS);
    on("server failure", "servfail.test", DnsScript.rcode(Rcode.SERVFAIL), Reason.DNS);
    on("refused", "refused.test", DnsScript.rcode(Rcode.REFUSED), Reason.DNS);
    on("no address", "empty.test", DnsScript.rcode(Rcode.NOERROR), Reason.DNS);
    on("no answer", "silent.test", DnsScript.silent(), Reason.TIMEOUT);
    on(
        "a late answer",
        "late.test",
        DnsScript.delayed(5000, DnsScript.addresses(List.of("127.0.0.1"))),
        Reason.TIMEOUT);
    on("garbage", "garbage.test", DnsScript.garbage(), Reason.TIMEOUT);
    at("a label of 64 characters", "a".repeat(64) + ".test", "", Reason.DNS);
    at("a name of 260 characters", "a23456789.".repeat(26) + "test", "", Reason.DNS);
    at("an empty label", "a..test", "", Reason.DNS);
  }

  private void lies() {
    on("an answer with another id", "id.test", changed(0, 0x55), Reason.TIMEOUT);
    on("an answer to another question", "question.test", changed(13, 0x01), Reason.TIMEOUT);
    on("a question for an answer", "query.test", changed(2, 0x80), Reason.TIMEOUT);
    on(
        "truncated, and TCP is silent",
        "cut.test",
        query -> {
          if (!query.overTcp()) {
            DnsScript.answer(answer -> answer.getHeader().setFlag(Flags.TC)).play(query);
          }
        },
        Reason.TIMEOUT);
    on("an alias of itself", "self.test", cname("self.test", "self.test"), Reason.DNS);
    dns.on("loop2.test", Type.A, cname("loop2.test", "loop1.test"))
        .on("loop2.test", Type.AAAA, cname("loop2.test", "loop1.test"));
    on("an alias loop of two", "loop1.test", cname("loop1.test", "loop2.test"), Reason.DNS);
    IntStream.range(0, 40)
        .forEach(
            i ->
                dns.on(
                    "c" + i + ".test", Type.A, cname("c" + i + ".test", "c" + (i + 1) + ".test")));
    on("a chain of 40 aliases", "c0.test", cname("c0.test", "c1.test"), Reason.DNS);
    on(
        "the address of another name",
        "other.test",
        DnsScript.records(DnsScript.record("unasked.test", Type.A, "127.0.0.1")),
        Reason.DNS);
    on("an address of 3 bytes", "three.test", raw(Type.A, new byte[] {127, 0, 1}), Reason.DNS);
    on(
        "a referral to a denied server",
        "referral.test",
        DnsScript.answer(NameFaults::refer),
        Reason.DNS);
    on(
        "a metadata address",
        "metadata.test",
        DnsScript.addresses(List.of("169.254.169.254")),
        Reason.BLOCKED);
    on(
        "a metadata address behind NAT64",
        "nat64.test",
        DnsScript.addresses(List.of("64:ff9b::a9fe:a9fe")),
        Reason.BLOCKED);
  }

  private void addresses() {
    dns.addresses("only6.test", "::1");
    at("IPv6 only, and IPv4 is wanted", "only6.test", ONLY_4, Reason.DNS);
    at("IPv6 only, and nobody listens", "only6.test", "", Reason.REFUSED);
    dns.addresses("dead6.test", "::1", "127.0.0.1");
    at("one dead address of two", "dead6.test", "", Reason.OK);
    at("one dead address of two, each probed", "dead6.test", "probe_all_ips: true", Reason.REFUSED);
    dns.addresses("denied1.test", "169.254.169.254", "127.0.0.1");
    at("one denied address of two", "denied1.test", "", Reason.OK);
    dns.addresses(
        "many.test", IntStream.range(1, 60).mapToObj(i -> "127.0.1." + i).toArray(String[]::new));
    at("59 addresses, each probed", "many.test", "probe_all_ips: true", Reason.REFUSED);
  }

  private static DnsScript cname(String name, String to) {
    return DnsScript.records(DnsScript.record(name, Type.CNAME, to + "."));
  }

  private static DnsScript raw(int type, byte[] data) {
    return query -> {
      Message answer = query.answer();
      byte[] bytes = answer.toWire();
      Buffer whole = Buffer.buffer(bytes).appendBytes(Bytes.hex("c00c"));
      whole.appendUnsignedShort(type).appendUnsignedShort(1).appendInt(300);
      whole.appendUnsignedShort(data.length).appendBytes(data);
      query.reply().send(whole.setUnsignedShort(6, 1));
    };
  }

  /** A good answer with one byte changed. */
  private static DnsScript changed(int at, int by) {
    return query ->
        DnsScript.addresses(List.of("127.0.0.1", "::1"))
            .play(
                new DnsScript.Query(
                    query.vertx(),
                    query.message(),
                    query.overTcp(),
                    bytes ->
                        query.reply().send(bytes.setByte(at, (byte) (bytes.getByte(at) ^ by)))));
  }

  private static void refer(Message answer) {
    answer.addRecord(DnsScript.record("test", Type.NS, "ns.test."), Section.AUTHORITY);
    answer.addRecord(DnsScript.record("ns.test", Type.A, "127.0.0.53"), Section.ADDITIONAL);
  }
}
