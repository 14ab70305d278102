package dev.echosounder.bus;

import dev.echosounder.settings.ProbeOptions;
import java.util.Objects;

/**
 * Asks for the metrics page of one result alone, as blackbox_exporter has it: without the target's
 * labels, and with zeros for what was not reached.
 *
 * @param result the result
 * @param options how it was probed, which decides what is there as a zero
 * @param form how the page is wanted
 */
public record ProbePage(ProbeResult result, ProbeOptions options, Scrape form) {

  public ProbePage {
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(form, "form");
  }
}
