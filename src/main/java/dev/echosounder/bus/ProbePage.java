package dev.echosounder.bus;

import dev.echosounder.settings.ProbeOptions;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;

/**
 * What the metrics page of one result alone is made of. It is as blackbox_exporter has it: without
 * the target's labels, and with zeros for what was not reached.
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

  /**
   * The page, encoded as asked.
   *
   * @param contentType the value of {@code Content-Type}
   * @param body the page
   */
  public record Rendered(String contentType, Buffer body) {}
}
