package dev.echosounder.http;

import dev.echosounder.bus.ProbeOnce;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.settings.DurationText;
import dev.echosounder.settings.Target;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * What {@code /probe?debug=true} tells of a probe, for people. No part of it holds a secret.
 *
 * @param target whom was probed and how
 * @param report how that went
 * @param page the page that would have been the answer
 * @param shown the configuration as it may be shown
 */
record ProbeReport(Target target, ProbeOnce.Report report, Buffer page, JsonObject shown) {

  /** The text, in UTF-8. */
  Buffer text() {
    StringBuilder text = new StringBuilder();
    section(text, "Probe", summary());
    section(text, "Timeline", String.join("\n", report.timeline()));
    report.body().ifPresent(body -> section(text, "Beginning of the body", body));
    section(text, "Page without debug=true", page.toString());
    section(text, "Module " + target.module().name(), module().encodePrettily());
    return Buffer.buffer(text.toString());
  }

  private String summary() {
    ProbeResult result = report.result();
    return "%s by %s within %s: %s"
        .formatted(
            target.url().shown(),
            target.module().name(),
            DurationText.format(target.timeout()),
            result.reason().label());
  }

  /** As configured; the module that need not be is all defaults. */
  private JsonObject module() {
    return Optional.ofNullable(shown.getJsonObject("modules"))
        .map(modules -> modules.getJsonObject(target.module().name()))
        .orElseGet(() -> new JsonObject().put("prober", target.module().protocol().label()));
  }

  private static void section(StringBuilder text, String heading, String content) {
    text.append("== ").append(heading).append(" ==\n").append(content.stripTrailing());
    text.append("\n\n");
  }
}
