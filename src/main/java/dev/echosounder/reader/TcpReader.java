package dev.echosounder.reader;

import dev.echosounder.schema.Problems;
import dev.echosounder.schema.Section;
import dev.echosounder.settings.IpChoice;
import dev.echosounder.settings.TcpOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the options of the TCP prober. */
record TcpReader(Problems problems, PatternReader patterns, TlsReader tls) {

  TcpOptions read(Section tcp) {
    IpReader ip = new IpReader(problems);
    IpChoice choice = ip.choice(tcp);
    boolean secure = tcp.flag("tls", false);
    return new TcpOptions(
        choice,
        ip.source(tcp, choice),
        secure,
        tls.read(tcp.section("tls_config")),
        tcp.sections("query_response").stream().map(step -> step(step, secure)).toList());
  }

  private TcpOptions.Step step(Section step, boolean secure) {
    boolean startTls = step.flag("starttls", false);
    if (startTls && secure) {
      problems.add(step.at("starttls"), "true where tls is true", "TLS to begin once");
    }
    return new TcpOptions.Step(
        patterns.one(step, "expect"),
        step.text("expect_bytes"),
        labels(step),
        step.text("send", ""),
        startTls);
  }

  private Map<String, String> labels(Section step) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (Section label : step.sections("labels")) {
      String name = label.text("name", "");
      if (labels.putIfAbsent(name, label.text("value", "")) != null && !name.isEmpty()) {
        problems.add(label.at("name"), "the name of another label", "a name of its own");
      }
    }
    boolean expects = step.has("expect") || problems.knows(step.at("expect"));
    if (!labels.isEmpty() && !expects) {
      problems.add(step.at("labels"), "labels of nothing", "expect beside them");
    }
    return labels;
  }
}
