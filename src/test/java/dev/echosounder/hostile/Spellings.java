package dev.echosounder.hostile;

import static dev.echosounder.hostile.Spellings.Meaning.BLOCKED;
import static dev.echosounder.hostile.Spellings.Meaning.NOTHING;

import dev.echosounder.testing.DnsScript;
import dev.echosounder.testing.DnsServer;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Type;

/** How the loopback interface, and hosts denied by name, can be written in a URL. */
final class Spellings {

  private Spellings() {}

  /** What a spelling is. */
  enum Meaning {
    /** An address or a name that is denied. */
    BLOCKED,
    /** No host of a URL, or a name without an address. */
    NOTHING
  }

  /** A spelling and what it is. */
  record Spelling(String kind, String host, Meaning meaning) {}

  static List<Spelling> all() {
    List<Spelling> all = new ArrayList<>();
    add(all, "IPv4", BLOCKED, "127.0.0.1", "127.0.0.2", "127.255.255.254", "0.0.0.0", "127.0.0.1.");
    add(all, "IPv4 of fewer parts", BLOCKED, "127.1", "127.0.1", "127.65535", "0", "0.0");
    add(
        all,
        "IPv4 as one number",
        BLOCKED,
        "2130706433",
        "0x7f000001",
        "0X7F000001",
        "017700000001");
    add(all, "IPv4, hexadecimal", BLOCKED, "0x7f.0.0.1", "0x7f.0x0.0x0.0x1", "0x7f.1", "0x");
    add(all, "IPv4, octal", BLOCKED, "0177.0.0.1", "0177.1", "0177.0000.00.01", "00", "127.0.0.01");
    add(all, "IPv4, mixed", BLOCKED, "0177.0x0.1", "127.0x1", "0x7f.00.256");
    add(all, "IPv4, other digits", BLOCKED, "１２７.0.0.1", "①②⑦.0.0.1", "127。0。0。1", "２１３０７０６４３３");
    add(all, "with more", BLOCKED, "127.0.0.1#@", "a@127.0.0.1", "a:b@127.1", "x%40y@0x7f.1");
    add(
        all,
        "IPv6",
        BLOCKED,
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[0000:0000:0000:0000:0000:0000:0000:0001]");
    add(all, "IPv6", BLOCKED, "[::0.0.0.1]", "[::]", "[0::0]", "[::0.0.0.0]");
    add(all, "IPv4-mapped", BLOCKED, "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::FFFF:7F00:0001]");
    add(
        all,
        "IPv4-mapped",
        BLOCKED,
        "[0:0:0:0:0:ffff:127.0.0.1]",
        "[::ffff:0.0.0.0]",
        "[::ffff:0:0]");
    add(all, "IPv4-compatible", BLOCKED, "[::127.0.0.1]", "[::7f00:1]", "[::7f00:0002]");
    add(all, "IPv4-translated", BLOCKED, "[::ffff:0:127.0.0.1]", "[0:0:0:0:ffff:0:7f00:1]");
    add(all, "NAT64", BLOCKED, "[64:ff9b::127.0.0.1]", "[64:FF9B::7F00:1]", "[64:ff9b::0.0.0.0]");
    add(all, "NAT64 of one's own", BLOCKED, "[64:ff9b:1::127.0.0.1]", "[64:ff9b:1:ffff::7f00:1]");
    add(all, "6to4", BLOCKED, "[2002:7f00:1::]", "[2002:7f00:0001::1]", "[2002:7fff:ffff::]");
    add(all, "Teredo", BLOCKED, "[2001:0:1:2:3:4:80ff:fffe]", "[2001::80ff:fffe]");
    add(all, "ISATAP", BLOCKED, "[2a00::5efe:127.0.0.1]", "[2a00::200:5efe:7f00:1]");
    add(
        all,
        "localhost",
        BLOCKED,
        "localhost",
        "LOCALHOST",
        "localhost.",
        "a.localhost",
        "A.LocalHost.");
    add(all, "localhost, other letters", BLOCKED, "ⓛocalhost", "ｌｏｃａｌｈｏｓｔ", "localho\u017Ft");
    add(
        all,
        "denied by name",
        BLOCKED,
        "denied.test",
        "DENIED.test",
        "denied.test.",
        "ｄenied.test");
    add(all, "denied below a name", BLOCKED, "a.below.test", "a.b.BELOW.test.", "_x.below.test");
    add(all, "denied by an IDN", BLOCKED, "bücher.test", "BÜCHER.test", "xn--bcher-kva.test");
    add(all, "name of an address", BLOCKED, "four.test", "six.test", "mapped.test", "nat64.test");
    add(
        all,
        "name of an address",
        BLOCKED,
        "zero.test",
        "alias.test",
        "sixtofour.test",
        "below.test");
    add(
        all,
        "none",
        NOTHING,
        "127.0.0.1.1",
        "256.1.1.1",
        "0x100000000",
        "4294967296",
        "0179.0.0.1");
    add(
        all,
        "none",
        NOTHING,
        "127%2e0%2e0%2e1",
        "127.0.0.1%00.test",
        "[127.0.0.1]x",
        "[::1",
        "::1]");
    add(
        all,
        "none",
        NOTHING,
        "127.0.0.1\\@x",
        "[::1%25lo]",
        "[::1%lo]",
        "[::ffff:127.0.0.256]",
        "1.2.3.-4");
    return all;
  }

  private static void add(List<Spelling> all, String kind, Meaning meaning, String... hosts) {
    for (String host : hosts) {
      all.add(new Spelling(kind, host, meaning));
    }
  }

  /** What the names among them are. */
  static void serve(DnsServer dns) {
    dns.addresses("denied.test", "127.0.0.1").addresses("a.below.test", "127.0.0.1");
    dns.addresses("below.test", "127.0.0.1").addresses("xn--bcher-kva.test", "127.0.0.1");
    dns.addresses("four.test", "127.0.0.1").addresses("six.test", "::1");
    dns.addresses("zero.test", "0.0.0.0").addresses("nat64.test", "64:ff9b::7f00:1");
    dns.addresses("sixtofour.test", "2002:7f00:1::");
    byte[] mapped = Bytes.hex("00000000000000000000ffff7f000001");
    dns.on(
        "mapped.test",
        Type.AAAA,
        DnsScript.records(DnsScript.record("mapped.test", Type.AAAA, mapped)));
    DnsScript alias =
        DnsScript.records(
            DnsScript.record("alias.test", Type.CNAME, "four.test."),
            DnsScript.record("four.test", Type.A, "127.0.0.1"));
    dns.on("alias.test", Type.A, alias);
  }
}
