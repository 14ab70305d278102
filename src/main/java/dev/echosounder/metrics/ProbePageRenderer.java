package dev.echosounder.metrics;

import dev.echosounder.bus.Info;
import dev.echosounder.bus.Measure;
import dev.echosounder.bus.ProbePage;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.settings.Protocol;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Renders the page of one result, as blackbox_exporter 0.28 has it. That is some kilobytes, which
 * take less time than handing them to another thread and back.
 */
public final class ProbePageRenderer {

  private static final int PACKED_PAGE = 1 << 10;

  private ProbePageRenderer() {}

  /** The page; on any thread. */
  public static ProbePage.Rendered render(ProbePage asked) {
    Samples samples = new Samples(asked.form().openMetrics());
    add(samples, asked);
    byte[] page = samples.page().getBytes(StandardCharsets.UTF_8);
    return new ProbePage.Rendered(
        PageBody.contentType(asked.form()),
        Buffer.buffer(asked.form().gzip() ? packed(page) : page));
  }

  private static byte[] packed(byte[] page) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(PACKED_PAGE);
    try (Gzip gzip = new Gzip(packed, PACKED_PAGE)) {
      gzip.write(page);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes all that is written to it", e);
    }
    return packed.toByteArray();
  }

  private static void add(Samples samples, ProbePage asked) {
    ProbeResult result = asked.result();
    samples.add(Meters.PROBE_SUCCESS, result.up() ? 1 : 0);
    samples.add(Meters.PROBE_DURATION, seconds(result.duration()));
    if (!result.up()) {
      samples.add(Meters.PROBE_FAILURE, Map.of("reason", result.reason().label()), 1);
    }
    PhaseNames names = PhaseNames.of(result.protocol());
    for (PhaseNames.Part part : names.parts()) {
      Duration time = part.time(result.phases()).orElse(Duration.ZERO);
      samples.add(names.family(), Map.of(Meters.PHASE, part.label()), seconds(time));
    }
    if (result.protocol() == Protocol.HTTP) {
      samples.add(Meters.PROBE_STATUS, result.statusCode().orElse(0));
    }
    measures(asked).forEach((measure, value) -> add(samples, measure, value));
    for (Info info : Info.values()) {
      Optional.ofNullable(result.infos().get(info))
          .ifPresent(labels -> samples.add(Meters.of(info), labels, 1));
    }
  }

  private static Map<Measure, Double> measures(ProbePage asked) {
    Map<Measure, Double> all = new EnumMap<>(Measure.class);
    Zeros.of(asked.options()).forEach(measure -> all.put(measure, 0.0));
    all.putAll(asked.result().measures());
    return all;
  }

  private static void add(Samples samples, Measure measure, double value) {
    Map<String, String> labels =
        measure.label().map(label -> Map.of(label.name(), label.value())).orElse(Map.of());
    samples.add(Meters.of(measure), labels, value);
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
