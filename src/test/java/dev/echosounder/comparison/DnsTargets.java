package dev.echosounder.comparison;

import static dev.echosounder.testing.DnsScript.record;
import static dev.echosounder.testing.DnsScript.records;

import dev.echosounder.testing.DnsScript;
import dev.echosounder.testing.DnsServer;
import java.util.List;
import org.xbill.DNS.Type;

/** The name server that both ask, and the cases. */
final class DnsTargets implements AutoCloseable {

  private final DnsServer server =
      DnsServer.start()
          .on(
              "shop.example",
              Type.A,
              records(
                  record("shop.example", Type.A, "192.0.2.1"),
                  record("shop.example", Type.A, "192.0.2.2")))
          .on(
              "example",
              Type.SOA,
              records(
                  record(
                      "example",
                      Type.SOA,
                      "ns.example. admin.example. 2026112401 7200 3600 1209600 300")))
          .on(
              "text.example",
              Type.TXT,
              records(record("text.example", Type.TXT, "\"v=spf1 -all\"")))
          .on("mail.example", Type.MX, records(record("mail.example", Type.MX, "10 mx.example.")))
          .on("silent.example", Type.A, DnsScript.silent());

  List<Case> cases(int unused) {
    return List.of(
        of("two addresses", "dns_a"),
        of("two addresses over TCP", "dns_tcp"),
        of("the serial of a zone", "dns_soa"),
        of("a name that does not exist", "dns_missing"),
        of("a name that does not exist, as it should", "dns_missing_is_good"),
        of("a silent server", "dns_short"),
        of("records that all match", "dns_answer_right"),
        of("a record that must not match", "dns_answer_wrong"),
        of("no record that matches", "dns_answer_none"),
        of("records that must not all match", "dns_answer_all"),
        of("no record where one must match", "dns_authority_missing"),
        of("a text record", "dns_txt"),
        of("a mail exchanger", "dns_mx"),
        Case.of("a server that refuses", "dns_a", "127.0.0.1:" + unused));
  }

  private Case of(String name, String module) {
    return Case.of(name, module, "127.0.0.1:" + server.port());
  }

  @Override
  public void close() {
    server.close();
  }
}
