package dev.echosounder.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strict reader of Prometheus text 0.0.4 and OpenMetrics 1.0: it fails on whatever either format
 * forbids and the service could get wrong.
 */
final class ExpositionParser {

  private static final Pattern HEADER = Pattern.compile("# (HELP|TYPE|UNIT) (\\S+) (.*)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)", Pattern.DOTALL);
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\[\\\\\"n])*)\"(,|$)");
  private static final Set<String> TYPES =
      Set.of("counter", "gauge", "histogram", "summary", "info", "unknown", "untyped");

  private final boolean openMetrics;
  private final Map<String, ParsedFamily> families = new LinkedHashMap<>();
  private final Set<String> series = new HashSet<>();
  private ParsedFamily current;

  private ExpositionParser(boolean openMetrics) {
    this.openMetrics = openMetrics;
  }

  /** One family of a page. */
  static final class ParsedFamily {
    final String name;
    String type;
    String help;
    final List<Sample> samples = new ArrayList<>();

    ParsedFamily(String name) {
      this.name = name;
    }

    /** All label names of its samples, but for those the type adds. */
    Set<String> labelNames() {
      Set<String> names = new HashSet<>();
      samples.forEach(sample -> names.addAll(sample.labels().keySet()));
      names.remove("le");
      names.remove("quantile");
      return names;
    }
  }

  /** One sample line. */
  record Sample(String name, Map<String, String> labels, double value, String text) {}

  /** A page that both formats' rules hold for. */
  record Parsed(Map<String, ParsedFamily> families) {

    /** The value of a sample, by {@code name{label="value"}} with labels in alphabetical order. */
    Double value(String series) {
      return families.values().stream()
          .flatMap(family -> family.samples.stream())
          .filter(sample -> key(sample.name(), sample.labels()).equals(series))
          .map(Sample::value)
          .findFirst()
          .orElse(null);
    }
  }

  static Parsed parse(PageCopy page) {
    String text = new String(page.body().getBytes(), StandardCharsets.UTF_8);
    return parse(text, page.contentType().startsWith("application/openmetrics-text"));
  }

  static Parsed parse(String text, boolean openMetrics) {
    assertThat(text).endsWith("\n");
    ExpositionParser parser = new ExpositionParser(openMetrics);
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    lines.remove(lines.size() - 1);
    if (openMetrics) {
      assertThat(lines.remove(lines.size() - 1)).isEqualTo("# EOF");
    }
    lines.forEach(parser::line);
    parser.families.values().forEach(ExpositionParser::checkWhole);
    return new Parsed(parser.families);
  }

  private void line(String line) {
    if (line.startsWith("#")) {
      header(line);
    } else {
      sample(line);
    }
  }

  private void header(String line) {
    Matcher matcher = HEADER.matcher(line);
    assertThat(matcher.matches()).as("header: %s", line).isTrue();
    String name = matcher.group(2);
    if (current == null || !current.name.equals(name)) {
      assertThat(families).as("one block of %s", name).doesNotContainKey(name);
      current = new ParsedFamily(name);
      families.put(name, current);
    }
    assertThat(current.samples).as("headers of %s before its samples", name).isEmpty();
    if (matcher.group(1).equals("TYPE")) {
      assertThat(current.type).as("one TYPE of %s", name).isNull();
      assertThat(TYPES).contains(matcher.group(3));
      current.type = matcher.group(3);
    } else if (matcher.group(1).equals("HELP")) {
      assertThat(current.help).as("one HELP of %s", name).isNull();
      current.help = matcher.group(3);
    }
  }

  private void sample(String line) {
    Matcher matcher = SAMPLE.matcher(line);
    check(matcher.matches(), "sample", line);
    String name = matcher.group(1);
    check(current != null && current.type != null, "TYPE before", line);
    check(names(current).contains(name), "of the family above", line);
    Map<String, String> labels = labels(matcher.group(2), line);
    check(series.add(key(name, labels)), "unique series", line);
    String text = matcher.group(3);
    current.samples.add(new Sample(name, labels, number(text), text));
  }

  private static void check(boolean holds, String expected, String line) {
    if (!holds) {
      throw new AssertionError("expected " + expected + ": " + line);
    }
  }

  private Set<String> names(ParsedFamily family) {
    String name = family.name;
    return switch (family.type) {
      case "counter" -> Set.of(openMetrics ? name + "_total" : name);
      case "info" -> Set.of(name + "_info");
      case "histogram" -> Set.of(name + "_bucket", name + "_sum", name + "_count");
      case "summary" -> Set.of(name, name + "_sum", name + "_count");
      default -> Set.of(name);
    };
  }

  private static Map<String, String> labels(String text, String line) {
    Map<String, String> labels = new TreeMap<>();
    if (text == null) {
      return labels;
    }
    Matcher matcher = LABEL.matcher(text);
    int at = 0;
    while (at < text.length()) {
      check(matcher.find(at) && matcher.start() == at, "labels", line);
      String again = labels.put(matcher.group(1), unescape(matcher.group(2)));
      check(again == null, "each label once", line);
      at = matcher.end();
    }
    check(!text.endsWith(","), "a label after the comma", line);
    return labels;
  }

  private static String unescape(String value) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        i++;
        c = value.charAt(i) == 'n' ? '\n' : value.charAt(i);
      }
      plain.append(c);
    }
    return plain.toString();
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static void checkWhole(ParsedFamily family) {
    assertThat(family.type).as("TYPE of %s", family.name).isNotNull();
    assertThat(family.samples).as("samples of %s", family.name).isNotEmpty();
    if (family.type.equals("histogram")) {
      checkBuckets(family);
    }
  }

  private static void checkBuckets(ParsedFamily family) {
    Map<Map<String, String>, Double> last = new LinkedHashMap<>();
    for (Sample sample : family.samples) {
      Map<String, String> labels = new TreeMap<>(sample.labels());
      if (sample.name().endsWith("_bucket")) {
        assertThat(labels.remove("le")).isNotNull();
        Double before = last.put(labels, sample.value());
        assertThat(sample.value()).isGreaterThanOrEqualTo(before == null ? 0 : before);
      } else if (sample.name().endsWith("_count")) {
        assertThat(sample.value()).as("%s%s", sample.name(), labels).isEqualTo(last.get(labels));
      }
    }
  }

  private static String key(String name, Map<String, String> labels) {
    StringBuilder text = new StringBuilder();
    labels.forEach((label, value) -> TextFormat.appendLabel(text, label, value));
    return labels.isEmpty() ? name : name + "{" + text + "}";
  }
}
