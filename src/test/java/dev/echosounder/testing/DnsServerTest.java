package dev.echosounder.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

class DnsServerTest {

  private static Message ask(DnsServer server, String name, int type) throws Exception {
    SimpleResolver resolver =
        new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    resolver.setTimeout(Duration.ofSeconds(10));
    return resolver.send(
        Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), type, DClass.IN)));
  }

  @Test
  void it_answers_as_scripted_over_udp_and_after_a_truncated_answer_over_tcp() throws Exception {
    try (DnsServer server = DnsServer.start()) {
      server
          .addresses("two.test", "127.0.0.2", "127.0.0.3", "::1")
          .on(
              "mail.test",
              Type.MX,
              DnsScript.truncatedOverUdp(
                  DnsScript.records(DnsScript.record("mail.test", Type.MX, "10 mx.mail.test."))));

      assertThat(ask(server, "two.test", Type.A).getSection(Section.ANSWER)).hasSize(2);
      assertThat(ask(server, "two.test", Type.AAAA).getSection(Section.ANSWER)).hasSize(1);
      assertThat(ask(server, "two.test", Type.MX).getRcode()).isEqualTo(Rcode.NOERROR);
      assertThat(ask(server, "none.test", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
      assertThat(ask(server, "mail.test", Type.MX).getSection(Section.ANSWER)).hasSize(1);
      assertThat(server.questions())
          .isEqualTo(
              List.of(
                  "udp two.test A",
                  "udp two.test AAAA",
                  "udp two.test MX",
                  "udp none.test A",
                  "udp mail.test MX",
                  "tcp mail.test MX"));
    }
  }
}
