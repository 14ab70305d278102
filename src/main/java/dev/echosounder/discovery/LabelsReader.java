package dev.echosounder.discovery;

import dev.echosounder.schema.BadDocumentException;
import dev.echosounder.schema.KeyPath;
import dev.echosounder.settings.DurationText;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.TargetId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the labels of a group: those with a meaning, those to show, and those that Prometheus drops
 * after relabelling, which start with {@code __}.
 *
 * @param place where they are
 * @param labels none of them is empty
 */
record LabelsReader(KeyPath place, Map<String, String> labels) {

  private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private static final Pattern ONE_LINE =
      Pattern.compile("[^\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]*");
  private static final int MAX_NAME = 200;
  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration MOST = Duration.ofHours(24);

  /** Makes a group with these labels. */
  Group group(KeyPath group, List<String> texts) throws BadDocumentException {
    return new Group(
        group,
        texts,
        name(),
        labels.getOrDefault(Group.MODULE, Module.DEFAULT_NAME),
        duration(Group.INTERVAL),
        duration(Group.TIMEOUT),
        shown());
  }

  private Optional<String> name() throws BadDocumentException {
    Optional<String> name = Optional.ofNullable(labels.get(Group.NAME));
    if (name.filter(text -> text.length() > MAX_NAME || !onOneLine(text)).isPresent()) {
      throw GroupsReader.bad(
          place.key(Group.NAME),
          "a text that is none",
          "a text of 1 to 200 characters on one line");
    }
    return name;
  }

  private Optional<Duration> duration(String label) throws BadDocumentException {
    if (!labels.containsKey(label)) {
      return Optional.empty();
    }
    Optional<Duration> duration =
        DurationText.parse(labels.get(label))
            .filter(time -> time.compareTo(LEAST) >= 0 && time.compareTo(MOST) <= 0);
    if (duration.isEmpty()) {
      throw GroupsReader.bad(
          place.key(label),
          "a text that is none",
          "a duration from 1ms to 24h, such as 15s or 1m30s");
    }
    return duration;
  }

  private Map<String, String> shown() throws BadDocumentException {
    Map<String, String> shown = new HashMap<>();
    for (Map.Entry<String, String> label : labels.entrySet()) {
      String name = label.getKey();
      if (!name.startsWith("__") && !name.equals(Group.NAME)) {
        check(name, label.getValue());
        shown.put(name, label.getValue());
      }
    }
    return shown;
  }

  private void check(String name, String value) throws BadDocumentException {
    if (TargetId.RESERVED_LABELS.contains(name) || !LABEL_NAME.matcher(name).matches()) {
      throw GroupsReader.bad(
          place.key(name),
          "a name that is not allowed",
          "a Prometheus label name other than url, phase, reason, le, ip and serving_status");
    }
    if (!onOneLine(value)) {
      throw GroupsReader.bad(place.key(name), "several lines", "a text on one line");
    }
  }

  private static boolean onOneLine(String text) {
    return ONE_LINE.matcher(text).matches();
  }
}
