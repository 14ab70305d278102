package dev.echosounder.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The samples of a metrics page, by the names of their lines. */
public record MetricsPage(Map<String, List<Sample>> samples) {

  private static final Pattern LINE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)(?: .*)?");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /**
   * One sample.
   *
   * @param labels with their values as written, escapes included
   */
  public record Sample(Map<String, String> labels, double value) {

    /** The value of a label, empty without it. */
    public String label(String name) {
      return labels.getOrDefault(name, "");
    }
  }

  /** Reads a page of either text format. */
  public static MetricsPage parse(String page) {
    Map<String, List<Sample>> samples = new HashMap<>();
    page.lines()
        .filter(line -> !line.startsWith("#"))
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(
            line ->
                samples
                    .computeIfAbsent(line.group(1), name -> new ArrayList<>())
                    .add(new Sample(labels(line.group(2)), Double.parseDouble(number(line)))));
    return new MetricsPage(samples);
  }

  private static String number(Matcher line) {
    return line.group(3).replace("Inf", "Infinity");
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new HashMap<>();
    Optional.ofNullable(text)
        .ifPresent(
            written ->
                LABEL
                    .matcher(written)
                    .results()
                    .forEach(label -> labels.put(label.group(1), label.group(2))));
    return labels;
  }

  /** The samples of that name; none if there are none. */
  public List<Sample> all(String name) {
    return samples.getOrDefault(name, List.of());
  }

  /** The sum over the samples of that name that are wanted. */
  public double sum(String name, Predicate<Sample> wanted) {
    return all(name).stream().filter(wanted).mapToDouble(Sample::value).sum();
  }

  /** The sum over all samples of that name. */
  public double sum(String name) {
    return sum(name, sample -> true);
  }
}
