package dev.echosounder.metrics;

import io.prometheus.metrics.model.registry.MetricType;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** One metric family of the application. There is one object for each: {@link Meters} has them. */
final class Family {

  private final String name;
  private final MetricType type;
  private final String help;
  private final Scope scope;
  private final List<String> labels;
  private final String textHeader;
  private final String openMetricsHeader;

  /** Whose series a family holds. */
  enum Scope {
    /** The service's: no label but the family's own. */
    SERVICE,
    /** A target's, with the labels {@code url} and, where it is set, {@code name}. */
    TARGET,
    /** A target's, with {@code url}, {@code name} and the labels configured for it. */
    LABELLED_TARGET
  }

  /**
   * @param name the name without the suffix that the type adds to its samples
   * @param type counter, gauge, histogram or info
   * @param help one line of plain text
   * @param scope whose series these are, which decides the labels they start with
   * @param labels the labels beside those of the scope
   */
  Family(String name, MetricType type, String help, Scope scope, List<String> labels) {
    this.name = Objects.requireNonNull(name, "name");
    this.type = Objects.requireNonNull(type, "type");
    this.help = help;
    this.scope = Objects.requireNonNull(scope, "scope");
    this.labels = List.copyOf(labels);
    if (help.chars().anyMatch(c -> c == '\\' || c == '"' || c == '\n')) {
      throw new IllegalArgumentException(name + ": expected a help text that needs no escaping");
    }
    this.textHeader = header(sampleName(), type == MetricType.INFO ? MetricType.GAUGE : type);
    this.openMetricsHeader = header(name, type);
  }

  private String header(String shown, MetricType told) {
    String kind = told.name().toLowerCase(Locale.ROOT);
    return "# HELP %s %s\n# TYPE %s %s\n".formatted(shown, help, shown, kind);
  }

  String name() {
    return name;
  }

  MetricType type() {
    return type;
  }

  String help() {
    return help;
  }

  Scope scope() {
    return scope;
  }

  List<String> labels() {
    return labels;
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
  String header(boolean openMetrics) {
    return openMetrics ? openMetricsHeader : textHeader;
  }

  @Override
  public String toString() {
    return name;
  }
}
