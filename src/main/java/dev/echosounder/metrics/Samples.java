package dev.echosounder.metrics;

import java.util.LinkedHashMap;
import java.util.Map;

/** A page of few samples, made line by line, with those of one family together. */
final class Samples {

  private final boolean openMetrics;
  private final Map<Family, StringBuilder> families = new LinkedHashMap<>();

  Samples(boolean openMetrics) {
    this.openMetrics = openMetrics;
  }

  /** Adds a sample without labels. */
  void add(Family family, double value) {
    add(family, Map.of(), value);
  }

  /** Adds a sample; no two of a family may have the same labels. */
  void add(Family family, Map<String, String> labels, double value) {
    StringBuilder lines = families.computeIfAbsent(family, this::begin);
    lines.append(family.sampleName());
    if (!labels.isEmpty()) {
      StringBuilder text = new StringBuilder();
      labels.forEach((name, label) -> TextFormat.appendLabel(text, name, label));
      lines.append('{').append(text).append('}');
    }
    lines.append(' ').append(TextFormat.text(value)).append('\n');
  }

  private StringBuilder begin(Family family) {
    return new StringBuilder(family.header(openMetrics));
  }

  /** The page, with the end mark of OpenMetrics where it is that. */
  String page() {
    StringBuilder page = new StringBuilder();
    families.values().forEach(page::append);
    return openMetrics ? page.append("# EOF\n").toString() : page.toString();
  }
}
