package dev.echosounder.protocol;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Reason;
import dev.echosounder.dial.Findings;
import dev.echosounder.dial.ProbeFailure;
import dev.echosounder.dial.Workers;
import dev.echosounder.settings.DnsOptions;
import dev.echosounder.settings.DnsOptions.Records;
import io.vertx.core.Future;
import java.util.Optional;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** How the answers of name servers are measured and judged. */
final class DnsAnswers {

  private final DnsOptions options;
  private final Workers workers;
  private final Findings findings;

  DnsAnswers(DnsOptions options, Workers workers, Findings findings) {
    this.options = options;
    this.workers = workers;
    this.findings = findings;
  }

  /** Fails with {@link Reason#STATUS} or {@link Reason#ASSERTION}. */
  Future<Void> judge(Message answer) {
    measure(answer);
    String rcode = Rcode.string(answer.getRcode());
    findings.note(() -> "answered with " + rcode);
    return options.validRcodes().contains(answer.getRcode())
        ? workers.run(() -> broken(answer)).compose(DnsAnswers::unlessBroken)
        : Future.failedFuture(new ProbeFailure(Reason.STATUS, "the response code is " + rcode));
  }

  private void measure(Message answer) {
    findings.measure(Measure.DNS_QUERY_SUCCEEDED, true);
    findings.measure(Measure.DNS_ANSWER_RRS, answer.getSection(Section.ANSWER).size());
    findings.measure(Measure.DNS_AUTHORITY_RRS, answer.getSection(Section.AUTHORITY).size());
    findings.measure(Measure.DNS_ADDITIONAL_RRS, answer.getSection(Section.ADDITIONAL).size());
    if (options.question().type() == Type.SOA) {
      answer.getSection(Section.ANSWER).stream()
          .filter(SOARecord.class::isInstance)
          .map(SOARecord.class::cast)
          .forEach(soa -> findings.measure(Measure.DNS_SERIAL, (double) soa.getSerial()));
    }
  }

  private Optional<String> broken(Message answer) {
    return broken(answer, Section.ANSWER, options.answer())
        .or(() -> broken(answer, Section.AUTHORITY, options.authority()))
        .or(() -> broken(answer, Section.ADDITIONAL, options.additional()));
  }

  private static Optional<String> broken(Message answer, int section, Records rules) {
    return new RecordRules(rules)
        .broken(answer.getSection(section).stream().map(RecordText::of).toList())
        .map(rule -> Section.longString(section) + ": " + rule);
  }

  private static Future<Void> unlessBroken(Optional<String> rule) {
    return rule.isPresent()
        ? Future.failedFuture(new ProbeFailure(Reason.ASSERTION, rule.get()))
        : Future.succeededFuture();
  }
}
