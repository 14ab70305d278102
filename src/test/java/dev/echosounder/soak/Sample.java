package dev.echosounder.soak;

import dev.echosounder.testing.MetricsPage;
import java.util.OptionalDouble;

/**
 * What a service held at one moment.
 *
 * @param seconds since the start
 * @param answered good requests so far
 * @param footprint of the process
 * @param live heap that can be reached, in MiB, where it was counted
 * @param direct memory of network buffers, in MiB
 * @param series lines of the metrics page
 * @param targets that are probed
 */
record Sample(
    long seconds,
    long answered,
    Footprint footprint,
    OptionalDouble live,
    double direct,
    int series,
    int targets) {

  private static final double MIB = 1 << 20;

  static Sample of(
      long seconds, long answered, Footprint footprint, OptionalDouble live, MetricsPage page) {
    double direct =
        page.sum(
            "netty_allocator_memory_used", sample -> sample.label("memory_type").equals("direct"));
    double buffers =
        page.sum("jvm_buffer_memory_used_bytes", sample -> sample.label("id").equals("direct"));
    return new Sample(
        seconds,
        answered,
        footprint,
        live,
        (direct + buffers) / MIB,
        page.samples().values().stream().mapToInt(java.util.List::size).sum(),
        (int) page.sum("echosounder_targets"));
  }

  /** The cells of a table. */
  Object[] cells(String service) {
    return new Object[] {
      service,
      seconds,
      answered,
      "%.0f".formatted(footprint.resident()),
      live.isPresent() ? "%.1f".formatted(live.getAsDouble()) : "",
      "%.1f".formatted(direct),
      footprint.descriptors(),
      footprint.threads(),
      series,
      targets
    };
  }
}
