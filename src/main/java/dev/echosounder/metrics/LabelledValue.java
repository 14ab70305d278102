package dev.echosounder.metrics;

import dev.echosounder.bus.AddressOutcome;
import dev.echosounder.settings.TargetId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Values that come with labels of their own: what follows the target's labels on their sample
 * lines. The target's own labels are the user's and stay; one of ours of the same name is left out,
 * since no sample may have a label twice.
 */
final class LabelledValue {

  private LabelledValue() {}

  /** A text that is told by labels: its value is 1. */
  static byte[] info(Map<String, String> labels, TargetId target) {
    StringBuilder text = new StringBuilder();
    labels.forEach(
        (name, value) -> {
          if (isFree(name, target)) {
            TextFormat.appendLabel(text, name, value);
          }
        });
    return utf8((text.isEmpty() ? "" : "," + text) + "} 1");
  }

  /** A line for each address. */
  static byte[] ofEach(List<AddressOutcome> addresses, Function<AddressOutcome, byte[]> value) {
    return utf8(
        addresses.stream()
            .map(
                outcome -> {
                  StringBuilder label = new StringBuilder();
                  TextFormat.appendLabel(label, Meters.IP, outcome.address());
                  return ",%s} %s".formatted(label, TextFormat.text(value.apply(outcome)));
                })
            .collect(Collectors.joining("\n")));
  }

  /** Whether no label of a target has this name. */
  static boolean isFree(String name, TargetId target) {
    return !name.equals("url") && !name.equals("name") && !target.labels().containsKey(name);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
