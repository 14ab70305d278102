package dev.echosounder.metrics;

import dev.echosounder.bus.Page;
import dev.echosounder.bus.Scrape;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Renders the metrics page. It blocks, so it is for worker threads; any number may share it. */
final class PageRenderer {

  private final PrometheusMeterRegistry registry;

  PageRenderer(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * The whole page: the families of the targets, then those of the registry, whose writer ends an
   * OpenMetrics page with its {@code # EOF}.
   *
   * @throws IOException never in practice: all is written to memory
   */
  Page render(Scrape form, List<TargetSeries> targets) throws IOException {
    return PageBody.of(
        form,
        out -> {
          for (List<Slot> family : TargetLayout.INSTANCE.families) {
            write(family, targets, form.openMetrics(), out);
          }
          registry.scrape(out, PageBody.contentType(form));
        });
  }

  private static void write(
      List<Slot> family, List<TargetSeries> targets, boolean openMetrics, OutputStream out)
      throws IOException {
    boolean begun = false;
    for (TargetSeries target : targets) {
      for (Slot slot : family) {
        if (target.has(slot)) {
          if (!begun) {
            out.write(slot.family().header(openMetrics).getBytes(StandardCharsets.UTF_8));
            begun = true;
          }
          target.write(slot, out);
        }
      }
    }
  }
}
