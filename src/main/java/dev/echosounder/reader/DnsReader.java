package dev.echosounder.reader;

import dev.echosounder.schema.DnsNames;
import dev.echosounder.schema.KeyPath;
import dev.echosounder.schema.Problems;
import dev.echosounder.schema.Section;
import dev.echosounder.settings.DnsOptions;
import dev.echosounder.settings.DnsOptions.Transport;
import dev.echosounder.settings.IpChoice;
import io.vertx.core.json.JsonArray;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the options of the DNS prober. */
record DnsReader(Problems problems, PatternReader patterns, TlsReader tls) {

  DnsOptions read(Section dns) {
    IpReader ip = new IpReader(problems);
    IpChoice choice = ip.choice(dns);
    return new DnsOptions(
        choice,
        ip.source(dns, choice),
        transport(dns),
        tls.read(dns.section("tls_config")),
        question(dns),
        rcodes(dns),
        records(dns.section("validate_answer_rrs")),
        records(dns.section("validate_authority_rrs")),
        records(dns.section("validate_additional_rrs")));
  }

  private Transport transport(Section dns) {
    boolean tcp = dns.text("transport_protocol", "udp").equals("tcp");
    if (!dns.flag("dns_over_tls", false)) {
      return tcp ? Transport.TCP : Transport.UDP;
    }
    if (!tcp && !problems.knows(dns.at("transport_protocol"))) {
      problems.add(dns.at("dns_over_tls"), "true over udp", "transport_protocol: tcp beside it");
    }
    return Transport.TLS;
  }

  private DnsOptions.Question question(Section dns) {
    KeyPath place = dns.at("query_name");
    if (!dns.has("query_name") && !problems.knows(place) && !problems.knows(dns.path())) {
      problems.add(place, "nothing", "a domain name");
    }
    return new DnsOptions.Question(
        dns.text("query_name").flatMap(DnsNames::name).orElse("."),
        DnsNames.type(value(dns, "query_type", "ANY")).orElseThrow(),
        DnsNames.dnsClass(value(dns, "query_class", "IN")).orElseThrow(),
        dns.flag("recursion_desired", true));
  }

  private static Set<Integer> rcodes(Section dns) {
    JsonArray codes = dns.json().getJsonArray("valid_rcodes", new JsonArray());
    return codes.isEmpty()
        ? Set.of(DnsNames.rcode("NOERROR").orElseThrow())
        : dns
            .list("valid_rcodes", code -> DnsNames.rcode(String.valueOf(code)).orElseThrow())
            .stream()
            .collect(Collectors.toUnmodifiableSet());
  }

  private DnsOptions.Records records(Section section) {
    return new DnsOptions.Records(
        patterns.list(section, "fail_if_matches_regexp"),
        patterns.list(section, "fail_if_all_match_regexp"),
        patterns.list(section, "fail_if_not_matches_regexp"),
        patterns.list(section, "fail_if_none_matches_regexp"));
  }

  /** A name, or a number as text. */
  private static String value(Section dns, String key, String otherwise) {
    return String.valueOf(dns.json().getValue(key, otherwise));
  }
}
