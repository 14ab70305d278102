package dev.echosounder.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.testing.DnsScript;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The texts expected are those that blackbox_exporter 0.23 shows for the same records. */
class RecordTextTest {

  private static final String NAME = "all.test.";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A | 192.0.2.1 | 192.0.2.1",
        "AAAA | 2001:DB8::1:0:0:1 | 2001:db8::1:0:0:1",
        "AAAA | :: | ::",
        "CNAME | t\\$ar\\(get.test. | t$ar\\(get.test.",
        "NS | NS1.test. | NS1.test.",
        "PTR | . | .",
        "DNAME | dn.test. | dn.test.",
        "MX | 10 mail.test. | 10 mail.test.",
        "SRV | 1 2 443 srv.test. | 1 2 443 srv.test.",
        "SOA | ns.test. host\\.master.test. 2026112401 7200 3600 1209600 300"
            + " | ns.test. host\\.master.test. 2026112401 7200 3600 1209600 300",
        "TXT | \"v=spf1 -all\" \"say \\\"hi\\\" back\\\\slash\" \"tab\\009 \\200\\255;\" \"\""
            + " | \"v=spf1 -all\" \"say \\\"hi\\\" back\\\\slash\" \"tab\\009 \\200\\255;\" \"\"",
        "SPF | \"v=spf1\" | \"v=spf1\"",
        "CAA | 0 issue \"ca.test; a=b\" | 0 issue \"ca.test; a=b\"",
        "HINFO | \"Intel x\" \"Lin\\\"ux\" | \"Intel x\" \"Lin\\\"ux\"",
        "NAPTR | 100 10 \"U\" \"E2U+sip\" \"!^.*$!sip:info@test!\" ."
            + " | 100 10 \"U\" \"E2U+sip\" \"!^.*$!sip:info@test!\" .",
        "TLSA | 3 1 1 ABCDEF0123 | 3 1 1 abcdef0123",
        "SSHFP | 1 1 ABCDEF0123 | 1 1 ABCDEF0123",
        "DNSKEY | 257 3 8 AwEAAag= | 257 3 8 AwEAAag=",
        "RRSIG | A 8 2 300 20261231000000 20260101000000 12345 test. AwEAAag="
            + " | A 8 2 300 20261231000000 20260101000000 12345 test. AwEAAag=",
        "NSEC | next.test. A MX RRSIG TYPE65280 | next.test. A MX RRSIG TYPE65280",
        "HTTPS | 1 . alpn=h2,h3 port=443 no-default-alpn"
            + " | 1 . alpn=\"h2,h3\" no-default-alpn=\"\" port=\"443\"",
        "SVCB | 0 svc.test. | 0 svc.test.",
      })
  void data_has_the_form_that_expressions_for_blackbox_exporter_expect(
      String type, String data, String text) {
    assertThat(RecordText.of(DnsScript.record(NAME, Type.value(type), data)))
        .isEqualTo("all.test.\t300\tIN\t" + type + "\t" + text);
  }

  @Test
  void an_ipv4_address_in_an_ipv6_record_stays_one_of_ipv6() {
    assertThat(RecordText.of(DnsScript.record(NAME, Type.AAAA, "::ffff:1.2.3.4")))
        .endsWith("AAAA\t::ffff:1.2.3.4");
  }

  @Test
  void a_name_keeps_its_case_and_escapes_what_is_special() {
    String name = "Od\\036d\\.na$me'x\\ y@\\200.test.";

    assertThat(RecordText.of(DnsScript.record(name, Type.A, "192.0.2.1")))
        .isEqualTo("Od$d\\.na$me\\'x\\ y\\@\\200.test.\t300\tIN\tA\t192.0.2.1");
  }

  @Test
  void an_unknown_type_has_its_numbers_and_bytes() {
    assertThat(RecordText.of(DnsScript.record(NAME, 65_280, new byte[] {1, (byte) 0xab})))
        .isEqualTo("all.test.\t300\tCLASS1\tTYPE65280\t\\# 2 01ab");
  }

  @ParameterizedTest
  @CsvSource({DClass.CH + ",CH", "2,CS", "255,ANY", "77,CLASS77"})
  void other_classes_have_their_names(int dnsClass, String name) throws IOException {
    Record record =
        Record.newRecord(Name.fromString(NAME), Type.TXT, dnsClass, 7, new byte[] {1, 'x'});

    assertThat(RecordText.of(record)).isEqualTo("all.test.\t7\t" + name + "\tTXT\t\"x\"");
  }
}
