package dev.echosounder.metrics;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A page of few samples, made line by line, with those of one family together. */
final class Samples {

  private final boolean openMetrics;
  private final Map<Family, StringBuilder> lines = new LinkedHashMap<>();

  Samples(boolean openMetrics) {
    this.openMetrics = openMetrics;
  }

  /** Adds a sample without labels. */
  void add(Family family, double value) {
    add(family, Map.of(), value);
  }

  /** Adds a sample; no two of a family may have the same labels. */
  void add(Family family, Map<String, String> labels, double value) {
    StringBuilder text = new StringBuilder();
    labels.forEach((name, label) -> TextFormat.appendLabel(text, name, label));
    StringBuilder line = lines.computeIfAbsent(family, first -> new StringBuilder());
    line.append(family.sampleName());
    if (!text.isEmpty()) {
      line.append('{').append(text).append('}');
    }
    line.append(' ').append(TextFormat.text(TextFormat.number(value))).append('\n');
  }

  /** The page, with the end mark of OpenMetrics where it is that. */
  String page() {
    StringBuilder page = new StringBuilder();
    lines.forEach(
        (family, samples) ->
            page.append(new String(family.header(openMetrics), StandardCharsets.UTF_8))
                .append(samples));
    return openMetrics ? page.append("# EOF\n").toString() : page.toString();
  }
}
