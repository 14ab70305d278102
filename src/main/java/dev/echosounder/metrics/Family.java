package dev.echosounder.metrics;

import io.prometheus.metrics.model.registry.MetricType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * One metric family of the application.
 *
 * @param name the name without the suffix that the type adds to its samples
 * @param type counter, gauge, histogram or info
 * @param help one line of plain text
 * @param scope whose series these are, which decides the labels they start with
 * @param labels the labels beside those of the scope
 */
record Family(String name, MetricType type, String help, Scope scope, List<String> labels) {

  /** Whose series a family holds. */
  enum Scope {
    /** The service's: no label but the family's own. */
    SERVICE,
    /** A target's, with the labels {@code url} and, where it is set, {@code name}. */
    TARGET,
    /** A target's, with {@code url}, {@code name} and the labels configured for it. */
    LABELLED_TARGET
  }

  Family {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(scope, "scope");
    labels = List.copyOf(labels);
    if (help.chars().anyMatch(c -> c == '\\' || c == '"' || c == '\n')) {
      throw new IllegalArgumentException(name + ": expected a help text that needs no escaping");
    }
  }

  /** The name on the sample lines of a family that is not a histogram. */
  String sampleName() {
    return switch (type) {
      case COUNTER -> name + "_total";
      case INFO -> name + "_info";
      default -> name;
    };
  }

  /**
   * The lines before the first sample. OpenMetrics 1.0 names the family there, Prometheus text
   * 0.0.4 the samples, and has no type for an info.
   */
  byte[] header(boolean openMetrics) {
    String shown = openMetrics ? name : sampleName();
    MetricType told = type == MetricType.INFO && !openMetrics ? MetricType.GAUGE : type;
    String kind = told.name().toLowerCase(Locale.ROOT);
    return "# HELP %s %s\n# TYPE %s %s\n"
        .formatted(shown, help, shown, kind)
        .getBytes(StandardCharsets.UTF_8);
  }
}
