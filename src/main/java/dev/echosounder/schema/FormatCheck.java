package dev.echosounder.schema;

import dev.echosounder.settings.DurationText;
import dev.echosounder.settings.HostRule;
import dev.echosounder.settings.Network;
import dev.echosounder.settings.SizeText;
import dev.echosounder.settings.StatusCodes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks the values that the schema only names a format for: durations and sizes, by the same
 * bounds that the schema sets for plain numbers, addresses, and what DNS and HTTP have names for.
 */
final class FormatCheck {

  private final SchemaProblems problems;

  /** Where the check is; a path is made only of a place that is wrong. */
  private final Deque<Object> steps = new ArrayDeque<>();

  FormatCheck(SchemaProblems problems) {
    this.problems = problems;
  }

  /** Checks a value and all below it. */
  void check(Object value, SchemaNode node) {
    if (value instanceof JsonObject object) {
      for (Map.Entry<String, Object> entry : object) {
        node.key(entry.getKey()).ifPresent(child -> step(entry.getKey(), entry.getValue(), child));
      }
    } else if (value instanceof JsonArray list && node.item().isPresent()) {
      SchemaNode item = node.item().get();
      for (int i = 0; i < list.size(); i++) {
        step(i, list.getValue(i), item);
      }
    } else if (value instanceof String text && !accepts(text, node)) {
      problems.wrong(new KeyPath(List.copyOf(steps)), value, node);
    }
  }

  private void step(Object step, Object value, SchemaNode node) {
    steps.addLast(step);
    check(value, node);
    steps.removeLast();
  }

  private static boolean accepts(String text, SchemaNode node) {
    return switch (node.format()) {
      case "duration-text" -> within(DurationText.parse(text).map(FormatCheck::seconds), node);
      case "size-text" -> {
        var size = SizeText.parse(text);
        yield within(
            size.isPresent() ? Optional.of((double) size.getAsLong()) : Optional.empty(), node);
      }
      case "host-rule" -> parses(HostRule::parse, text);
      case "address" -> !text.contains("/") && parses(Network::parse, text);
      case "status-codes" -> StatusCodes.Range.parse(text).isPresent();
      case "dns-type" -> DnsNames.type(text).isPresent();
      case "dns-class" -> DnsNames.dnsClass(text).isPresent();
      case "dns-rcode" -> DnsNames.rcode(text).isPresent();
      case "domain-name" -> DnsNames.name(text).isPresent();
      default -> true;
    };
  }

  private static double seconds(Duration duration) {
    return duration.toSeconds() + duration.toNanosPart() / 1e9;
  }

  private static boolean within(Optional<Double> number, SchemaNode node) {
    return number.isPresent()
        && number.get() >= node.bound("minimum").orElse(Double.NEGATIVE_INFINITY)
        && number.get() <= node.bound("maximum").orElse(Double.POSITIVE_INFINITY);
  }

  private static boolean parses(Function<String, ?> parser, String text) {
    try {
      return parser.apply(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
